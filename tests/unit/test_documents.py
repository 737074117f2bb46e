"""The documents name every setting, command and decision, and none that is not there."""

import ast
import re
from pathlib import Path

from typer.main import get_command

from digipunt.cli import app

ROOT = Path(__file__).parents[2]
PACKAGES = ("chassis", "common", "contracts", "digipunt", "services")
SETTING = re.compile(r"DIGIPUNT_[A-Z_]*[A-Z]")
METRIC = re.compile(r"digipunt_[a-z_]+")
FOR_EACH_SERVICE = "DIGIPUNT_<SERVICE>_DATABASE_URL"
OF_COMMANDS = ["DIGIPUNT_DATA", "DIGIPUNT_TOKEN"]
"""Settings that commands read before all others, and that have no `NAME_FILE`."""


def rows(document: str, heading: str) -> list[str]:
    """What stands in the first column of the tables under `heading`."""
    text = (ROOT / document).read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| (`[^|]+`) \|(?!.*\n\| ---)", text, re.MULTILINE)


def texts_in_the_code() -> set[str]:
    """Every text constant of the program."""
    return {
        node.value
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_setting_that_is_read_is_in_the_table():
    """Whoever adds a setting, or takes one away, also says so to ops."""
    named = [row.strip("`") for row in rows("docs/ops.md", "Settings")]
    assert named[-2:] == OF_COMMANDS  # the guide says that the last two have no NAME_FILE
    assert FOR_EACH_SERVICE in named
    read = {text for text in texts_in_the_code() if SETTING.fullmatch(text)}
    assert set(named) - {FOR_EACH_SERVICE} == read


def test_metrics_to_watch_are_there():
    """What ops is told to watch is what the services tell."""
    watched = {
        row.strip("`") for row in rows("docs/ops.md", "Is it well?") if METRIC.fullmatch(row.strip("`"))
    }
    texts = texts_in_the_code()
    assert watched
    # The names of some end in a field of the status they show.
    gone = {name for name in watched - texts if name.removeprefix("digipunt_subscription_") not in texts}
    assert not gone


def test_every_command_is_in_the_readme():
    """Whoever adds a command also says what it is for."""
    said = re.findall(r"`([a-z-]+(?: [a-z]+)?)", " ".join(rows("README.md", "Commands")))
    commands = set()
    for name, command in get_command(app).commands.items():
        inner = {f"{name} {each}" for each in getattr(command, "commands", ())}
        commands |= inner | (
            {name} if not inner or getattr(command, "invoke_without_command", False) else set()
        )
    assert set(said) == commands


def test_decisions_are_listed_and_citations_lead_somewhere():
    """Each decision is in the list of documents; the code cites none that is not there."""
    decisions = {path.name for path in (ROOT / "docs/adr").glob("*.md")}
    listed = set(re.findall(r"\(adr/([^)]+)\)", (ROOT / "docs/README.md").read_text()))
    assert listed == decisions
    sources = [
        *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py")),
        ROOT / "pyproject.toml",
    ]
    cited = {
        number for path in sources for number in re.findall(r"(?:docs/adr/|ADR )([0-9]{4})", path.read_text())
    }
    assert cited
    assert cited <= {name[:4] for name in decisions}
