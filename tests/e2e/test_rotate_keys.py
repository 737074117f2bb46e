"""The key of personal data is changed as docs/ops.md says."""

from contextlib import contextmanager
from uuid import uuid4

from chassis.broker import memory
from services.loans.service import LoansService
from tests.e2e.command import digipunt, free_port
from tests.services.loans.api import TIENEN, Running
from tests.support.running import Backend

OLD, NEW = "the data key that somebody knew too long", "a new data key that nobody else has seen"


@contextmanager
def lending(folder, *keys):
    """A coordinator's client of lending on this folder, with these keys."""
    place = Backend("memory://rotation", {"loans": f"sqlite:///{folder / 'loans'}.sqlite"})
    keys = tuple(key.encode() for key in keys)
    try:
        with place.running(LoansService, data_keys=keys) as runner:
            yield Running(runner).client("coordinator", [TIENEN])
    finally:
        memory.forget("rotation")


def test_a_data_key_is_changed_while_the_service_works(tmp_path):
    """Old rows are encrypted again; with the new key alone everybody is found, and without it nobody is read."""
    with lending(tmp_path, NEW, OLD) as desk, lending(tmp_path, OLD) as old_desk:
        borrower = old_desk.borrower(str(uuid4()))
        assert desk.get(f"/borrowers/{borrower}").json()["name"] == "Jan Peeters"
        rotated = digipunt(
            "rotate-keys",
            "--data",
            tmp_path,
            DIGIPUNT_DATA_KEY=f"{NEW},{OLD}",
            DIGIPUNT_SIGNING_KEY="s" * 40,
            DIGIPUNT_LOANS_DATABASE_URL=f"sqlite:///{tmp_path / 'loans'}.sqlite",
        )
        assert rotated.returncode == 0, rotated.stderr
        assert "loans: 1 encrypted with the newest key" in rotated.stdout
        assert desk.get(f"/borrowers/{borrower}").json()["name"] == "Jan Peeters"
        lost = old_desk.get(f"/borrowers/{borrower}")
        assert (lost.status_code, "DIGIPUNT_DATA_KEY" in lost.text) == (503, True)

    with lending(tmp_path, NEW) as desk:
        found = desk.post("/borrowers/query", {"name": "peeters"}).json()["items"]
        assert [(each["id"], each["name"]) for each in found] == [(borrower, "Jan Peeters")]


def test_lending_does_not_start_without_a_data_key(tmp_path):
    """One line names the setting."""
    answer = digipunt(
        "run",
        "loans",
        DIGIPUNT_SIGNING_KEY="s" * 40,
        DIGIPUNT_LOANS_DATABASE_URL=f"sqlite:///{tmp_path / 'loans.sqlite'}",
        DIGIPUNT_LISTEN=f"127.0.0.1:{free_port()}",
    )
    assert answer.returncode == 1
    assert "DIGIPUNT_DATA_KEY is not set" in answer.stderr.splitlines()[-1]
