"""`scripts/upgrade`, in which order it does what: read from what it asks of a docker that only notes it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DOCKER = """#!/usr/bin/env bash
# Notes what it is asked, with the release that is in force, and succeeds unless it is to fail at this.
echo "[$DIGIPUNT_RELEASE] $*" >>"$NOTES"
case "$*" in
*'print("", *NAMES, "")'*) echo " visits loans notifications reporting desk " ;;
esac
! [[ -n "$FAIL" && "[$DIGIPUNT_RELEASE] $*" =~ $FAIL ]]
"""


@pytest.fixture
def upgrade(tmp_path: Path):
    """Run it from release 1.0 to 1.1; whether it went well, and what docker was asked."""
    for name in ("docker-compose.yml", "scripts/init", "scripts/upgrade", "deploy/verify-key"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "deploy/broker").mkdir()
    (tmp_path / "deploy/broker/definitions.json").write_text("{}")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/docker").write_text(DOCKER)
    (tmp_path / "bin/docker").chmod(0o755)
    notes = tmp_path / "notes"

    def run(fail: str = "") -> tuple[int, list[str]]:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DIGIPUNT", "COMPOSE"))
        }
        environment = kept | {
            "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
            "NOTES": str(notes),
            "FAIL": fail,
        }
        subprocess.run(
            [tmp_path / "scripts/init", "--yes"],
            env=environment | {"DIGIPUNT_RELEASE": "1.0"},
            check=True,
            capture_output=True,
        )
        done = subprocess.run(
            [tmp_path / "scripts/upgrade", "1.1"], env=environment, capture_output=True, text=True
        )
        return done.returncode, notes.read_text().splitlines()

    return run


def at(asked: list[str], pattern: str) -> int:
    """Where it was asked this, first."""
    return next(number for number, line in enumerate(asked) if re.search(pattern, line))


ROLES = r"exec -T database bash /docker-entrypoint-initdb.d/10-roles.sh"
NEW_STARTS = r"^\[1.1\] compose up "


@pytest.mark.case("security L14")
def test_roles_are_made_before_anybody_needs_them(upgrade):
    """After the database has their passwords, before the backup, which the owner makes, and before the new release migrates."""
    code, asked = upgrade()
    assert code == 0
    order = [r"^\[1.0\] compose up .* database$", ROLES, r"^\[1.0\] compose run .*tools backup", NEW_STARTS]
    assert [at(asked, each) for each in order] == sorted(at(asked, each) for each in order)


@pytest.mark.case("security L14")
def test_nothing_is_started_without_roles(upgrade):
    """The release of before goes on; it can be run again."""
    code, asked = upgrade(fail=r"10-roles\.sh")
    assert code != 0
    assert not [line for line in asked if re.search(NEW_STARTS, line)]


def test_a_release_that_is_not_well_is_left_again(upgrade):
    """Then that of before is started once more."""
    code, asked = upgrade(fail=NEW_STARTS)
    assert code == 1
    assert re.search(r"^\[1.0\] compose up ", asked[-1])
