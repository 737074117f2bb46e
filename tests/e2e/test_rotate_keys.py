"""The key of personal data is changed as docs/ops.md says."""

from uuid import uuid4

from tests.e2e.command import Desk, digipunt, free_port, served, started, token

NEW = "a new data key that nobody else has seen"


def test_a_data_key_is_changed_while_the_service_works(tmp_path):
    """Old rows are sealed anew; with the new key alone everybody is found, and without it nobody is read."""
    folder, borrower = tmp_path / "data", str(uuid4())
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        body = {"name": "Jan Peeters", "digipunt": desk.digipunt(), "municipality": "24107"}
        made = desk.http.put(f"/loans/v1/borrowers/{borrower}", json=body)
        assert made.status_code == 201, made.text
        old = (folder / "data.key").read_text()
        rotated = digipunt("rotate-keys", "--data", folder, DIGIPUNT_DATA_KEY=f"{NEW},{old}")
        assert rotated.returncode == 0, rotated.stderr
        assert "loans: 1 sealed anew" in rotated.stdout
        lost = desk.http.get(f"/loans/v1/borrowers/{borrower}")
        assert (lost.status_code, "DIGIPUNT_DATA_KEY" in lost.text) == (503, True)

    port = free_port()
    with started(
        tmp_path / "log",
        ["serve", "--port", str(port), "--data", folder],
        port,
        DIGIPUNT_DATA_KEY=NEW,
    ) as process:
        process.wait_for_answer("/loans/health/ready")
        desk = Desk(process.address, token("coordinator", "--data", folder))
        found = desk.http.post("/loans/v1/borrowers/query", json={"name": "peeters"}).json()["items"]
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
