"""Lending and telling together, as people do it: over HTTP, with all services in one process and the clock moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.broker import memory
from chassis.clock import local_day
from chassis.http.auth import issue
from chassis.run import Runner
from chassis.runtime.timer import every
from chassis.settings import Settings
from services.loans.handlers import reminders
from services.loans.service import LoansService
from services.reporting.service import ReportingService
from services.visits.service import VisitsService
from tests.services.notifications.conftest import Quick
from tests.services.notifications.owner import TIENEN
from tests.services.notifications.test_letters import pages_of
from tests.services.notifications.world import MONDAY, MovedClock
from tests.support.kannel import SECRET
from tests.support.processes import free_port, wait_until

ADDRESS = {"street": "Broekstraat 7", "postalCode": "3300", "town": "Tienen"}
EVERY_DAY = [
    {"weekday": weekday, "opens": "13:00", "closes": "16:00", "every": 1}
    for weekday in ("mon", "tue", "wed", "thu", "fri", "sat")
]


class QuickLoans(LoansService):
    """Looks at what is due ten times a second."""

    @every(0.1)
    def remind(self) -> None:
        with self.app.database.read() as connection:
            ids = list(reminders.to_remind_of(connection, local_day(self.app.clock.now())))
        for id in ids:
            with self.app.unit_of_work() as uow:
                reminders.remind(uow, id)


class Desk:
    """A coordinator of Tienen at work."""

    def __init__(self, client: httpx.Client, ops: str, clock: MovedClock) -> None:
        self._client = client
        self._ops = ops
        self.clock = clock

    def put(self, path: str, body: dict[str, Any]) -> str:
        id = str(uuid4())
        answer = self._client.put(f"{path}/{id}", json=body)
        assert answer.status_code == 201, answer.text
        return id

    def do(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._client.post(path, json=body or {})
        assert answer.status_code in (200, 201), answer.text
        found: dict[str, Any] = answer.json()
        return found

    def post(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return self._client.post(path, json=body)

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self._client.get(path, params=query)

    def ops(self, path: str, **query: Any) -> Any:
        """What ops sees."""
        headers = {"Authorization": f"Bearer {self._ops}"}
        return self._client.get(path, params=query, headers=headers).json()

    def change(self, path: str, body: dict[str, Any]) -> None:
        """Change the present version."""
        version = self._client.get(path).headers["etag"]
        answer = self._client.patch(path, json=body, headers={"If-Match": version})
        assert answer.status_code == 200, answer.text

    def refused(self, path: str, body: dict[str, Any]) -> int:
        return self._client.put(f"{path}/{uuid4()}", json=body).status_code

    def messages(self, about: str, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.get("/notifications/v1/messages", about=about, **query).json()[
            "items"
        ]
        return items

    def becomes(self, about: str, kind: str, state: str) -> dict[str, Any]:
        """Wait until the message of this kind is in this state."""

        def found() -> Any:
            self.clock.later(seconds=1)
            return next((each for each in self.messages(about, kind=kind) if each["state"] == state), None)

        message: dict[str, Any] = wait_until(found, f"{kind} {state}: {self.messages(about)}", 60)
        return message


@pytest.fixture
def desk(tmp_path, mail, kannel) -> Iterator[Desk]:
    name, port, clock = f"lending{uuid4().hex}", free_port(), MovedClock()
    names = ("visits", "loans", "notifications", "reporting")
    settings = Settings(
        deployment="test",
        broker_url=f"memory://{name}",
        database_urls={each: f"sqlite:///{tmp_path / each}.sqlite" for each in names},
        listen=("127.0.0.1", port),
        public_url=f"http://127.0.0.1:{port}",
        signing_key=b"a key that only this test knows, 32+",
        data_keys=(b"another key that only this test knows",),
        smtp_url=mail.url,
        sms_gateway=kannel.gateway_file(tmp_path),
        sms_secret=SECRET,
        phone="016 80 56 62",
    )
    runner = Runner(settings, [VisitsService, QuickLoans, Quick, ReportingService], clock=clock)
    runner.start()
    runner.wait_until_ready()
    token = issue(settings, "coordinator", [TIENEN])
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=runner.address, headers=headers, timeout=60, trust_env=False) as client:
        yield Desk(client, issue(settings, "ops"), clock)
    runner.stop()
    memory.forget(name)


def test_a_loan_from_hand_over_to_the_next(desk, mail, kannel):
    """Hand over, extend, due soon by e-mail, overdue by SMS, unreachable by letter and phone, return, check, lend again."""
    point = desk.put("/visits/v1/digipunts", {"name": "BOM", "municipality": TIENEN, "opening": EVERY_DAY})
    laptop, other = (
        desk.put(
            "/loans/v1/devices", {"kind": "laptop", "label": label, "digipunt": point, "municipality": TIENEN}
        )
        for label in ("12", "13")
    )
    email, number = f"{uuid4().hex}@example.be", "+32470000009"
    jan = desk.put(
        "/loans/v1/borrowers",
        {
            "name": "Jan Peeters",
            "digipunt": point,
            "email": email,
            "phone": number,
            "channels": ["email", "sms"],
        },
    )
    an = desk.put(
        "/loans/v1/borrowers",
        {
            "name": "An Janssens",
            "digipunt": point,
            "address": ADDRESS,
            "phone": "016 80 00 00",
            "email": "gone@example.be",
            "channels": ["sms", "email", "letter", "phoneCall"],
        },
    )
    desk.clock.set(MONDAY)
    due = MONDAY + timedelta(days=7)
    loans = []
    for device, borrower in ((laptop, jan), (other, an)):
        body = {"borrower": borrower, "devices": [device], "digipunt": point, "dueOn": due.isoformat()}
        loans.append(desk.put("/loans/v1/loans", body))
        desk.do(f"/loans/v1/loans/{loans[-1]}/handOver")
    mine, hers = loans

    later = MONDAY + timedelta(days=14)
    extended = desk.do(f"/loans/v1/loans/{mine}/extend", {"dueOn": later.isoformat()})
    assert extended["dueOn"] == later.isoformat()
    desk.becomes(mine, "loanExtended", "sent")

    desk.clock.set(due - timedelta(days=3))
    desk.becomes(hers, "loanDueSoon", "planned")
    wait_until(lambda: desk.messages(hers)[0].get("channel") == "letter", "the letter", 60)
    assert desk.messages(mine, kind="loanDueSoon") == []
    letters = desk.get("/notifications/v1/letters.pdf")
    assert letters.headers["content-type"] == "application/pdf"
    [page] = pages_of(letters.content)
    assert "Janssens" in [word for word, _ in page]
    batch = desk.do("/notifications/v1/letterBatches", {"municipality": TIENEN})["id"]
    desk.do(f"/notifications/v1/letterBatches/{batch}/posted")
    posted = desk.becomes(hers, "loanDueSoon", "posted")
    desk.do("/notifications/v1/results", {"messages": [posted["id"]], "result": "returnedMail"})
    desk.clock.set(due - timedelta(days=2))
    desk.becomes(hers, "loanDueSoon", "toCall")
    [line] = desk.get("/notifications/v1/callSheet").json()["items"]
    assert (line["person"]["name"], line["person"]["phone"]) == ("An Janssens", "016 80 00 00")
    assert "laptop 13" in line["script"]
    desk.do("/notifications/v1/results", {"messages": [line["messages"][0]["id"]], "result": "told"})

    desk.clock.set(later - timedelta(days=3))
    desk.becomes(mine, "loanDueSoon", "sent")
    soon = [each for each in mail.emails(email) if "terug" in each["Subject"]]
    assert [each["Subject"] for each in soon] == ["Breng uw toestel terug op maandag 14 december"]

    desk.change(f"/loans/v1/borrowers/{jan}", {"channels": ["sms"]})
    desk.clock.set(later + timedelta(days=1))
    desk.becomes(mine, "loanOverdue1", "delivered")
    [sms] = kannel.messages(number)
    assert sms.text.startswith("BOM: laptop 12 moest terug zijn op maandag 14 december.")

    desk.do(f"/loans/v1/loans/{mine}/return")
    desk.clock.set(later + timedelta(days=7))
    wait_until(lambda: desk.messages(mine, kind="loanReturned"), "the receipt", 60)
    assert desk.messages(mine, kind="loanOverdue2") == []
    again = {"borrower": an, "devices": [laptop], "digipunt": point}
    assert desk.refused("/loans/v1/loans", again) == 409
    desk.do(f"/loans/v1/loans/{mine}/check", {"condition": "good", "wiped": True})
    loan = desk.put("/loans/v1/loans", again)
    assert desk.do(f"/loans/v1/loans/{loan}/handOver")["state"] == "handedOver"
    assert len(mail.emails(email)) == 2, "the extension and one reminder"

    desk.do(f"/loans/v1/borrowers/{jan}/erase")
    wait_until(
        lambda: (
            {"person": jan}
            in [each["data"] for each in desk.ops("/notifications/v1/events", limit=2000)["items"]]
        ),
        "the person to be forgotten here too",
        60,
    )


@pytest.mark.case("use 10", "use 11")
def test_a_preview_shows_a_digipunt_of_the_municipality(desk):
    """Its name, address, hours and number as visits published them, and words that a preview refuses are not kept."""
    words = {"municipality": TIENEN, "kind": "loanReady", "language": "fr"}
    asked = words | {"channel": "letter"}
    place = {
        "name": "'t Recupke",
        "municipality": TIENEN,
        "address": {"street": "Stationsstraat 1", "postalCode": "3300", "town": "Tienen"},
        "phone": "011 88 00 00",
        "opening": [
            {"weekday": "tue", "opens": "13:30", "closes": "17:00", "every": 2, "first": "2026-12-01"}
        ],
    }
    point = desk.put("/visits/v1/digipunts", place)
    desk.clock.set(MONDAY)
    shown = wait_until(
        lambda: (
            text
            if "Recupke" in (text := desk.do("/notifications/v1/templates/preview", asked)["text"])
            else None
        ),
        "notifications to know the digipunt",
        60,
    )
    assert "’t Recupke\nStationsstraat 1, 3300 Tienen" in shown
    assert "Appelez le 011 88 00 00." in shown
    assert "Ouvert : mardi 1er décembre, 15 décembre et 29 décembre, de 13 h 30 à 17 h" in shown
    assert desk.do("/notifications/v1/templates/preview", asked | {"digipunt": point})["text"] == shown
    elsewhere = desk.post("/notifications/v1/templates/preview", asked | {"digipunt": str(uuid4())})
    assert elsewhere.status_code == 400


@pytest.mark.case("public L26")
def test_a_session_that_moves_there_and_back_and_there_is_told(desk):
    """From the third to the fourth, back, and to the fourth again: one message is open, about the fourth."""
    point = desk.put("/visits/v1/digipunts", {"name": "BOM", "municipality": TIENEN, "opening": EVERY_DAY})
    desk.clock.set(MONDAY)

    def on(day: int) -> dict[str, str]:
        return {"startsAt": f"2026-12-0{day}T10:00:00+01:00", "endsAt": f"2026-12-0{day}T12:00:00+01:00"}

    plan = {
        "kind": "infoSession",
        "title": "Veilig online",
        "digipunt": point,
        "municipality": TIENEN,
        "seats": 9,
    }
    session = desk.put("/visits/v1/sessions", plan | on(3))
    desk.put(f"/visits/v1/sessions/{session}/registrations", {"seats": 1})
    for day in (4, 3, 4):
        desk.change(f"/visits/v1/sessions/{session}", on(day))

    def states() -> list[str] | None:
        found = [each["state"] for each in desk.messages(session, kind="sessionChanged")]
        return sorted(found) if len(found) == 3 else None

    found = wait_until(states, "three messages", 60)
    assert found == ["expired", "expired", "planned"]
