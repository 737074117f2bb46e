"""`digipunt person` and `digipunt retention`, as an operator uses them on a laptop."""

import json
import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet, InvalidToken

from common.field_cipher import FieldCipher
from common.person_keys import OWN
from digipunt.backup.encrypted import decrypted
from tests.e2e.command import TIENEN, Desk, digipunt, served, started, token, wait_until
from tests.support.paper import text_of
from tests.support.processes import free_port

pytestmark = pytest.mark.case("security P4")
NAME, MAIL = "Merkteken", "merk.teken@example.be"


def borrower(desk, point):
    """The id of a new borrower."""
    id = str(uuid4())
    body = {"name": f"Jan {NAME}", "email": MAIL, "digipunt": point, "municipality": TIENEN}
    assert desk.http.put(f"/loans/v1/borrowers/{id}", json=body).status_code == 201
    return id


def contact(desk, point):
    """The id of a contact with a seat, and where the seats of that session are."""
    id, session, seat = (str(uuid4()) for _ in range(3))
    starts = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
    body = {"name": f"Rita {NAME}", "email": MAIL, "digipunt": point, "municipality": TIENEN}
    assert desk.http.put(f"/notifications/v1/contacts/{id}", json=body).status_code == 201
    planned = {"kind": "infoSession", "title": "Veilig online", "digipunt": point, "seats": 5}
    planned |= {"startsAt": starts.isoformat(), "endsAt": (starts + timedelta(hours=2)).isoformat()}
    assert desk.http.put(f"/visits/v1/sessions/{session}", json=planned).status_code == 201
    path = f"/visits/v1/sessions/{session}/registrations/{seat}"
    assert desk.http.put(path, json={"contact": id}).status_code == 201
    return id, f"/visits/v1/sessions/{session}/registrations"


def is_own(text):
    """Whether this is encrypted under the key of a person."""
    return isinstance(text, str) and text.startswith(OWN)


@contextmanager
def without_visits(folder):
    """All but visits, which is left out of this deployment for a while."""
    port = free_port()
    options = ["serve", "--port", str(port), "--data", folder, "--only", "loans,notifications,reporting,desk"]
    with started(folder.with_name("without.log"), options, port) as process:
        process.wait_for_answer("/notifications/health/live")
        yield process


def test_a_borrower_is_exported_and_erased_with_a_certificate(tmp_path):
    """All of it as JSON; then it is gone, and the certificate says what each part did without saying who it was."""
    folder, paper = tmp_path / "data", tmp_path / "bewijs.pdf"
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        id = borrower(desk, desk.digipunt())
        more = ("--url", process.address, "--data", folder)
        shown = digipunt("person", "export", id, *more)
        assert shown.returncode == 0, shown.stderr
        kept = json.loads(shown.stdout)["services"]
        assert kept["loans"][0]["data"]["name"] == f"Jan {NAME}"
        done = digipunt("person", "erase", id, "--certificate", paper, *more)
        assert done.returncode == 0, done.stderr
        assert "Bewijs van wissen" in done.stdout
        assert "Uitlenen: 1 gegevens van de lener" in done.stdout
        assert "Berichten: 0 berichten" in done.stdout
        again = digipunt("person", "erase", id, "--language", "fr", *more)
        assert (again.returncode, "données de l’emprunteur" in again.stdout) == (0, True)
        gone = digipunt("person", "export", id, *more)
        assert (gone.returncode, gone.stdout) == (1, "")
        assert "nothing is kept" in gone.stderr
        log = process.log.read_text()
    text = text_of(paper.read_bytes())
    assert "Bewijs van wissen" in text
    for shown in (done.stdout, again.stdout, text, log):
        assert NAME not in shown
        assert MAIL not in shown
    for file in folder.glob("*.sqlite*"):
        assert NAME.encode() not in file.read_bytes(), file


def test_what_is_away_follows_when_it_is_back(tmp_path):
    """The contact is gone at once; visits, left out meanwhile, forgets it when it is back, and a second run says so."""
    folder = tmp_path / "data"
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        id, seats = contact(desk, desk.digipunt())
        path = f"/notifications/v1/persons/{id}/export"
        wait_until(lambda: "seat" in desk.http.post(path, json={}).text, "notifications to know of the seat")
    with without_visits(folder) as process:
        away = digipunt("person", "erase", id, "--url", process.address, "--data", folder)
        assert away.returncode == 0, away.stderr
        assert "gegevens van het contact" in away.stdout
        assert "Niet in gebruik hier: Bezoeken en sessies" in away.stdout
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        wait_until(
            lambda: all("contact" not in seat for seat in desk.http.get(seats).json()["items"]),
            "visits to forget the contact",
        )
        back = digipunt("person", "erase", id, "--url", process.address, "--data", folder)
        assert back.returncode == 0, back.stderr
        assert "Bezoeken en sessies: 1 inschrijvingen losgemaakt" in back.stdout


def test_bad_input_is_a_sentence(tmp_path):
    """No traceback for an id that is none, a reason that is none, or services that do not run."""
    folder = tmp_path / "data"
    for arguments, code, sentence in (
        (("person", "erase", "Jan", "--data", folder), 1, "not an id"),
        (("person", "erase", str(uuid4()), "--reason", "spite", "--data", folder), 1, "--reason takes"),
        (("person", "erase", str(uuid4()), "--language", "de", "--data", folder), 1, "--language takes"),
    ):
        answer = digipunt(*arguments)
        assert answer.returncode == code, answer.stderr
        assert sentence in answer.stderr
        assert "Traceback" not in answer.stderr


def test_what_is_kept_too_long_is_shown_and_goes(tmp_path):
    """A dry run takes nothing; without it, it is gone from the database while the services go on, and no name is printed."""
    folder = tmp_path / "data"
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        id = borrower(desk, desk.digipunt())
        with sqlite3.connect(folder / "loans.sqlite", timeout=30) as database:
            database.execute("UPDATE borrowers SET stored_on = '2024-01-02'")
        shown = digipunt("retention", "--dry-run", "--data", folder)
        assert (shown.returncode, "loans: 1 borrowers, from before" in shown.stdout) == (0, True), (
            shown.stderr
        )
        assert desk.http.get(f"/loans/v1/borrowers/{id}").status_code == 200
        done = digipunt("retention", "--data", folder)
        assert (done.returncode, "loans: 1 borrowers" in done.stdout) == (0, True), done.stderr
        assert desk.http.get(f"/loans/v1/borrowers/{id}").status_code == 404
        assert digipunt("retention", "--data", folder).stdout == "nothing is kept too long\n"


def test_erasing_reaches_a_backup_from_before(tmp_path):
    """With the keys of persons apart: who stayed is read again from the old backup, who was erased by no key there is."""
    folder, before, keys = tmp_path / "data", tmp_path / "before", tmp_path / "person-keys"
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        point = desk.digipunt()
        gone, stays = borrower(desk, point), borrower(desk, point)
        more = ("--keys", keys, "--data", folder)
        assert digipunt("backup", before, *more).returncode == 0
        erased = digipunt("person", "erase", gone, "--url", process.address, "--data", folder)
        assert erased.returncode == 0, erased.stderr
        assert digipunt("backup", tmp_path / "after", *more).returncode == 0
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(folder / "data.key", again)
    without = digipunt("restore", before, "--data", again)
    assert (without.returncode, "--keys" in without.stderr) == (1, True)
    restored = digipunt("restore", before, "--keys", keys, "--data", again)
    assert restored.returncode == 0, restored.stderr
    with served(again) as process:
        desk = Desk(process.address, token("coordinator", "--data", again))
        assert desk.http.get(f"/loans/v1/borrowers/{stays}").json()["name"] == f"Jan {NAME}"
        found = desk.http.post("/loans/v1/borrowers/query", json={"name": NAME}).json()["items"]
        assert [each["id"] for each in found] == [stays]
        assert desk.http.get(f"/loans/v1/borrowers/{gone}").status_code == 404
    shared = FieldCipher([(again / "data.key").read_bytes().strip()])
    with closing(sqlite3.connect(again / "loans.sqlite")) as database:
        wrapped = [each for [each] in database.execute("SELECT wrapped FROM person_keys")]
    with before.open("rb") as file:
        lines = list(decrypted(file, [(again / "data.key").read_bytes().strip()]))
    [sealed] = [text for line in lines if gone.encode() in line for text in json.loads(line) if is_own(text)]
    for key in wrapped:
        with pytest.raises(InvalidToken):
            Fernet(shared.decrypt_bytes(key)).decrypt(sealed.removeprefix(OWN))
    assert not [line for line in lines if b"person_keys" in line or b"borrower_tokens" in line][:-1]
    assert NAME.encode() not in b"".join(lines)
