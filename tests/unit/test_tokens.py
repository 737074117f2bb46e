"""For what place `digipunt token` makes a token."""

import subprocess
import sys

import jwt
import pytest
import sqlalchemy as sa

from chassis.storage import migrations
from chassis.storage.database import Database
from digipunt.folder import DataFolder
from digipunt.revoke import revoke
from services.loans.service import LoansService
from services.visits.service import VisitsService

IN_TIENEN, IN_LANDEN, LENDING_ONLY = (f"01970000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))


@pytest.fixture
def folder(tmp_path):
    """A data folder with digipunten in Tienen and Landen, and one of which only lending has heard."""
    for service, table, rows in (
        (VisitsService, "digipunts", {IN_TIENEN: "24107", IN_LANDEN: "24059"}),
        (LoansService, "points", {LENDING_ONLY: "24130"}),
    ):
        url = f"sqlite:///{tmp_path / service.name}.sqlite"
        migrations.upgrade(url, service.migrations / "versions")
        database = Database(url)
        with database.begin() as connection:
            found = sa.Table(table, sa.MetaData(), autoload_with=connection)
            for id, municipality in rows.items():
                known = {
                    "id": id.replace("-", ""),
                    "municipality": municipality,
                    "name": "BOM",
                    "opening": "[]",
                }
                more = {"state": "open", "content_hash": "", "version": 1}
                row = {name: value for name, value in (known | more).items() if name in found.c}
                connection.execute(sa.insert(found), row)
        database.close()
    (tmp_path / "signing.key").write_text("a key that only this test knows, of more than 32 signs")
    return tmp_path


def digipunt(folder, *arguments):
    """What `digipunt token` prints, and how it ends."""
    command = [sys.executable, "-m", "digipunt", "token", *arguments, "--data", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout.strip(), done.stderr


def claims(folder, *arguments):
    code, token, error = digipunt(folder, *arguments)
    assert code == 0, error
    told = jwt.decode(token, options={"verify_signature": False})
    return told["municipalities"], told["digipunts"]


@pytest.mark.case("security M2")
@pytest.mark.parametrize("role", ["helper", "desk"])
def test_a_helper_gets_the_municipalities_of_the_digipunten(folder, role):
    """Not all of the deployment, as before; one that only lending knows counts too, and the id in any writing."""
    assert claims(folder, "--role", role, "--digipunt", IN_TIENEN) == (["24107"], [IN_TIENEN])
    both = claims(folder, "--role", role, "--digipunt", IN_LANDEN.upper(), "--digipunt", LENDING_ONLY)
    assert both == (["24059", "24130"], [IN_LANDEN, LENDING_ONLY])
    assert claims(folder, "--role", role, "--municipality", "24059") == (["24059"], [])


@pytest.mark.case("security M2")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--digipunt"),
        (["--digipunt", "01970000-0000-7000-8000-0000000000ff"], "--municipality"),
        (["--digipunt", "A1"], "is not an id"),
        (["--digipunt", IN_TIENEN, "--digipunt", "01970000-0000-7000-8000-0000000000ff"], "not known"),
    ],
)
def test_without_a_place_there_is_no_token(folder, arguments, said):
    """Refused in one sentence that says what to name, and nothing on standard output."""
    code, token, error = digipunt(folder, "--role", "helper", *arguments)
    assert (code, token, error.count("\n")) == (1, "", 1)
    assert said in error


def test_a_coordinator_is_of_the_whole_deployment(folder):
    """As before: all municipalities when none is named."""
    municipalities, digipunts = claims(folder, "--role", "coordinator")
    assert ({"24107", "24059"} <= set(municipalities), digipunts) == (True, [])


def test_services_that_never_ran_hold_up_no_revocation(folder):
    """A laptop that runs some services has databases of those only: the others are neither named nor made."""
    settings = DataFolder(folder).settings()
    said = revoke(settings, token=None, id=None, subject="an", laptop=None)
    assert said == "Taken back. Within a minute visits, loans follow."
    assert sorted(path.name for path in folder.glob("*.sqlite")) == ["loans.sqlite", "visits.sqlite"]
