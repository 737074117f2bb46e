"""The guide for ops names every setting, and no other."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTING = re.compile(r"DIGIPUNT_[A-Z_]*[A-Z]")
FOR_EACH_SERVICE = "DIGIPUNT_<SERVICE>_DATABASE_URL"


def test_every_setting_that_is_read_is_in_the_table():
    """Whoever adds a setting, or takes one away, also says so to ops."""
    guide = (ROOT / "docs/ops.md").read_text()
    table = guide.partition("## Settings")[2].partition("## Tokens")[0]
    named = set(re.findall(r"^\| `(DIGIPUNT_[^`]+)`", table, re.MULTILINE))
    assert FOR_EACH_SERVICE in named
    assert named - {FOR_EACH_SERVICE} == _read_by_the_code()


def _read_by_the_code() -> set[str]:
    found = set()
    for package in ("chassis", "digipunt", "services"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= set(SETTING.findall(node.value)) if SETTING.fullmatch(node.value) else set()
    return found
