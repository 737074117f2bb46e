"""An info session on the demo, from plan to attendance: each person hears what they should, by their own way and once.

Nobody else hears of it. `digipunt demo` fills the folder and tells nobody. `digipunt serve` then serves it with a real mail
server and a real gateway for SMS; its clock is moved from one day of the story to the next.
"""

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.clock import BRUSSELS
from tests.e2e.command import TIENEN, Desk, Process, free_port, started, token, wait_until
from tests.support.kannel import SECRET, Kannel
from tests.support.mail import MailServer
from tests.support.paper import needs_poppler

pytestmark = [pytest.mark.timeout(600), pytest.mark.case("use 6")]

MOVED_CLOCK = Path(__file__).parents[1] / "support" / "moved_clock.py"
FILLED = 180
"""Seconds; the demo takes about ten on a quiet machine."""

MONDAY = date(2026, 11, 30)
FIRST_PLANNED, TAKES_PLACE = date(2026, 12, 16), date(2026, 12, 17)
TITLE = "Phishing herkennen"
ADDRESS = {"street": "Voorbeeldstraat 3", "postalCode": "3300", "town": "Tienen"}

WORDS = {
    "seat": {
        "nl": "u bent ingeschreven",
        "fr": "votre place est réservée",
        "en": "you have a place",
    },
    "free": {
        "nl": "er is een plaats vrij",
        "fr": "une place est libre",
        "en": "a place is free",
    },
    "moved": {
        "nl": "veranderd",
        "fr": "a changé",
        "en": "has changed",
    },
    "tomorrow": {
        "nl": "is op",
        "fr": "a lieu le",
        "en": "is on",
    },
}
"""By what an SMS, the subject of an e-mail or what is said is known, in this order."""

ASKED = {"nl": "lukt het om te komen", "fr": "c'est toujours bon"}
"""A call of the day before says again that the seat is theirs, and asks this."""


@dataclass(frozen=True)
class Person:
    """Somebody who registers: the one way in which they can be reached, and how many come with them."""

    name: str
    language: str
    way: str
    to: str = ""
    seats: int = 1
    contact: str = field(default_factory=lambda: str(uuid4()))
    registration: str = field(default_factory=lambda: str(uuid4()))

    @property
    def reached(self) -> dict[str, Any]:
        details: dict[str, Any] = {"email": {"email": self.to}, "letter": {"address": ADDRESS}}.get(
            self.way, {"phone": self.to}
        )
        return {"name": self.name, "language": self.language, "channels": [self.way], **details}


KAREL = Person("Karel Sels", "nl", "sms", "+32470550001")
FATIMA = Person("Fatima Haddad", "fr", "sms", "+32470550002", seats=2)
JOHN = Person("John Miller", "en", "sms", "+32470550003")
RITA = Person("Rita Claessens", "nl", "email", "rita.claessens@example.com")
AMINA = Person("Amina Benali", "fr", "email", "amina.benali@example.com")
MARY = Person("Mary Cooper", "en", "email", "mary.cooper@example.com", seats=2)
JAN = Person("Jan Peeters", "nl", "letter")
LUC = Person("Luc Dubois", "fr", "letter")
AN = Person("An Maes", "nl", "phoneCall", "+3216550009")
PIERRE = Person("Pierre Lambert", "fr", "phoneCall", "+32470550010")
TEN = (KAREL, FATIMA, JOHN, RITA, AMINA, MARY, JAN, LUC, AN, PIERRE)
ELS = Person("Els Wouters", "nl", "sms", "+32470550011")
"""She waits for a seat."""

BYSTANDER = Person("Paul Nys", "nl", "email", "paul.nys@example.com")
"""He is known, and comes to nothing."""

SHOWN = {AN: "016 55 00 09", PIERRE: "0470 55 00 10"}
"""Numbers as somebody reads them who calls."""


OF_OTHERS = ("@example.org", "@example.net")
"""People of the demo, who hear of their loans, and those by whom a test sees that all has left."""


class MovedClock:
    """The clock of processes that read this file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set(MONDAY, time(10))

    def set(self, day: date, at: time) -> None:
        """Make it this time in Belgium."""
        self._shift = datetime.combine(day, at, BRUSSELS).astimezone(UTC) - datetime.now(UTC)
        self._write()

    def later(self, seconds: float) -> None:
        self._shift += timedelta(seconds=seconds)
        self._write()

    def _write(self) -> None:
        # Written beside and renamed, so that a reader never finds nothing.
        beside = self.file.with_suffix(".new")
        beside.write_text(str(self._shift.total_seconds()))
        beside.rename(self.file)


@dataclass
class Demo:
    """The demo, served, and all that leaves it."""

    desk: Desk
    clock: MovedClock
    mail: MailServer
    kannel: Kannel
    point: str
    sender: str
    """The name of the digipunt, with which an SMS begins."""
    sent_before: int
    """SMS that the gateway sent for other tests."""
    session: str = field(default_factory=lambda: str(uuid4()))
    other: str = field(default_factory=lambda: str(uuid4()))

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """What came of a request of the coordinator."""
        answer = self.desk.http.request(method, path, json=body, **more)
        assert answer.status_code in (200, 201), (path, answer.text)
        return answer.json()

    def plan(self, id: str, title: str, day: date, seats: int) -> None:
        body = {"kind": "infoSession", "title": title, "digipunt": self.point, "seats": seats}
        self.call("PUT", f"/visits/v1/sessions/{id}", body | _hours(day))

    def know(self, person: Person) -> None:
        self.call(
            "PUT", f"/notifications/v1/contacts/{person.contact}", {"digipunt": self.point, **person.reached}
        )

    def register(self, person: Person, session: str | None = None) -> str:
        """Take a seat for them; the state of the registration."""
        path = f"/visits/v1/sessions/{session or self.session}/registrations/{person.registration}"
        answer = self.call("PUT", path, {"contact": person.contact, "seats": person.seats})
        return str(answer["state"])

    def settle(self) -> None:
        """Let all that is due leave: somebody who registers for something else now, and so comes last, has heard of it."""
        last = Person("Laatste Man", "nl", "email", f"{uuid4().hex}@example.net")
        self.know(last)
        assert self.register(last, self.other) == "confirmed"
        # What is planned for one person within a few seconds is told together.
        self.clock.later(5)
        wait_until(lambda: self.mail.emails(last.to), "the last one to hear of their seat")

    def at(self, day: date, at: time) -> None:
        """Make it this time, and let what is due then leave."""
        self.clock.set(day, at)
        self.settle()

    def heard(self, person: Person) -> list[str]:
        """What this person was told by SMS or e-mail about the session, oldest first."""
        if person.way == "email":
            return [kind_of(person, str(each["Subject"])) for each in self.mail.emails(person.to)]
        texts = [each.text for each in self.kannel.messages(person.to)]
        # The first part of a message begins with who sends it; the next ones of a long message do not.
        return [kind_of(person, text) for text in texts if text.startswith(self.sender)]

    def told(self) -> tuple[set[str], set[str]]:
        """Every number and address to which anything went that names the session, and all the others."""
        sent = {(str(each["To"]), TITLE in each.get_content()) for each in self.mail.emails()}
        sent |= {(each.to, TITLE in each.text) for each in self.kannel.messages()[self.sent_before :]}
        about = {to for to, named in sent if named}
        return about, {to for to, _ in sent} - about

    def calls(self) -> dict[str, dict[str, Any]]:
        """The lines of the call sheet that are about the session or for somebody of it, by name."""
        names = {person.name for person in (*TEN, ELS, BYSTANDER)}
        lines = [
            line
            for line in self.call("GET", "/notifications/v1/callSheet")["items"]
            if TITLE in line["script"] or line["person"]["name"] in names
        ]
        by_name = {line["person"]["name"]: line for line in lines}
        assert len(by_name) == len(lines), "somebody is to be called twice"
        return by_name

    def make_the_calls(self, kind: str, *, people: tuple[Person, ...] = (AN, PIERRE)) -> None:
        """Exactly these are to be called; each line has all that it takes, and is told."""
        lines = self.calls()
        assert set(lines) == {person.name for person in people}
        for person in people:
            line = lines[person.name]
            assert line["person"]["phone"] == SHOWN[person]
            assert kind_of(person, line["script"]) == kind
            assert person.name in line["script"]
            assert TITLE in line["script"]
            self.tell(line)
        assert self.calls() == {}

    def tell(self, line: dict[str, Any]) -> None:
        result = {"messages": [each["id"] for each in line["messages"]], "result": "told"}
        self.call("POST", "/notifications/v1/results", result)

    def send_the_letters(self, kind: str) -> None:
        """The two who are written to have one letter each, and it is posted."""
        batch = self.call("POST", "/notifications/v1/letterBatches", {"municipality": TIENEN})["id"]
        printed = self.desk.http.get(f"/notifications/v1/letters.pdf?batch={batch}", timeout=60)
        assert printed.status_code == 200, printed.text
        sheets = [sheet for sheet in _sheets(printed.content) if TITLE in sheet]
        assert len(sheets) == 2
        for person in (JAN, LUC):
            [sheet] = [each for each in sheets if person.name in each]
            assert kind_of(person, sheet) == kind
        self.call("POST", f"/notifications/v1/letterBatches/{batch}/posted")

    def messages(self, person: Person) -> dict[str, str]:
        """What there is to tell about their registration: kind and state."""
        items = self.call("GET", f"/notifications/v1/messages?about={person.registration}")["items"]
        return {item["kind"]: item["state"] for item in items}


def _hours(day: date) -> dict[str, str]:
    starts = datetime.combine(day, time(14), BRUSSELS)
    return {"startsAt": starts.isoformat(), "endsAt": (starts + timedelta(hours=2)).isoformat()}


def _sheets(pdf: bytes) -> list[str]:
    said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return [" ".join(sheet.split()) for sheet in said.decode().split("\f")]


def kind_of(person: Person, text: str) -> str:
    """Of what a text tells, which is in the language of the person."""
    text = text.lower().replace("\u2019", "'")
    if ASKED.get(person.language, TITLE) in text:
        return "tomorrow"
    for kind, words in WORDS.items():
        if words[person.language] in text:
            return kind
    raise AssertionError(f"not in {person.language}, or of no kind: {text}")


@contextmanager
def running(command: str, folder: Path, clock: MovedClock, **settings: str) -> Any:
    """`digipunt serve` or `demo` on this folder, by the moved clock, answering."""
    port = free_port()
    with started(
        folder.with_name(f"{command}.log"),
        [command, "--port", str(port), "--data", folder],
        port,
        program=(sys.executable, "-P", MOVED_CLOCK, clock.file),
        **settings,
    ) as process:
        process.wait_for_answer("/visits/health/live")
        yield process


def fill(process: Process) -> None:
    wait_until(
        lambda: httpx.get(f"{process.address}/desk/v1/about", timeout=120).json()["filled"] >= 1,
        "the demo to be filled",
        FILLED,
    )


@pytest.fixture
def demo(tmp_path, kannel):
    """The demo as it was filled on a Monday at ten o'clock, served with ways out."""
    mailbox = tmp_path / "mail"
    mailbox.mkdir()
    sent_before = len(kannel.messages())
    mail, clock, folder = MailServer(mailbox), MovedClock(tmp_path / "shift"), tmp_path / "data"
    ways = {
        "DIGIPUNT_SMTP_URL": mail.url,
        "DIGIPUNT_SMS_GATEWAY": str(kannel.gateway_file(tmp_path)),
        "DIGIPUNT_SMS_SECRET": SECRET,
    }
    try:
        with running("demo", folder, clock, **ways) as process:
            fill(process)
            process.terminate()
        assert mail.emails() == [], "the demo itself writes to nobody"
        assert len(kannel.messages()) == sent_before
        clock.set(MONDAY, time(10))
        with running("serve", folder, clock, **ways) as process:
            desk = Desk(process.address, token("coordinator", "--data", folder))
            points = desk.http.get("/visits/v1/digipunts").json()["items"]
            point = next(each for each in points if each["municipality"] == TIENEN)
            yield Demo(desk, clock, mail, kannel, point["id"], point["name"], sent_before)
    finally:
        mail.stop()


@needs_poppler
def test_ten_people_hear_of_their_session_what_they_should_once_and_nobody_else(demo):
    """From plan to attendance: seats, one given back and passed on, another day, the day before, and then nothing more."""
    demo.plan(demo.session, TITLE, FIRST_PLANNED, seats=12)
    demo.plan(demo.other, "Foto's bewaren", date(2027, 1, 20), seats=100)
    for person in (*TEN, ELS, BYSTANDER):
        demo.know(person)
    assert {demo.register(person) for person in TEN} == {"confirmed"}
    assert demo.register(ELS) == "waiting"
    demo.settle()
    pushed = (KAREL, FATIMA, JOHN, RITA, AMINA, MARY)
    assert [demo.heard(person) for person in pushed] == [["seat"]] * 6
    assert demo.heard(ELS) == []
    demo.make_the_calls("seat")
    demo.send_the_letters("seat")

    demo.clock.set(MONDAY + timedelta(days=1), time(10, 6))
    demo.call("POST", f"/visits/v1/sessions/{demo.session}/registrations/{JOHN.registration}/cancel")
    demo.settle()
    assert (demo.heard(JOHN), demo.heard(ELS)) == (["seat"], ["free"])

    demo.clock.set(MONDAY + timedelta(days=3), time(10, 6))
    version = demo.call("GET", f"/visits/v1/sessions/{demo.session}")["version"]
    day = _hours(TAKES_PLACE)
    demo.call("PATCH", f"/visits/v1/sessions/{demo.session}", day, headers={"If-Match": f'"{version}"'})
    demo.settle()
    demo.make_the_calls("moved")
    demo.send_the_letters("moved")

    demo.at(TAKES_PLACE - timedelta(days=1), time(9, 30))
    stay = [person for person in pushed if person is not JOHN]
    assert [demo.heard(person) for person in stay] == [["seat", "moved"]] * 5
    demo.at(TAKES_PLACE - timedelta(days=1), time(10, 6))
    demo.make_the_calls("tomorrow")

    demo.clock.set(TAKES_PLACE, time(16, 30))
    attendance = {"present": 12, "registered": 11, "walkIn": 1}
    demo.call("POST", f"/visits/v1/sessions/{demo.session}/held", attendance)
    call_back = {"digipunt": demo.point, "kind": "callBack", "dueOn": str(TAKES_PLACE + timedelta(days=1))}
    path = f"/visits/v1/followUps/{uuid4()}"
    demo.call("PUT", path, call_back | {"note": "Werkt de app nu?", "contact": PIERRE.contact})
    demo.at(TAKES_PLACE + timedelta(days=1), time(10, 6))
    [line] = demo.calls().values()
    person = {"id": PIERRE.contact, "name": PIERRE.name, "phone": SHOWN[PIERRE], "language": "fr"}
    assert line["person"] == person
    assert "rappeler" in line["script"]
    assert "Werkt de app nu?" in line["script"]
    demo.tell(line)

    demo.at(TAKES_PLACE + timedelta(days=4), time(10, 6))
    assert demo.calls() == {}
    assert [demo.heard(person) for person in stay] == [["seat", "moved", "tomorrow"]] * 5
    assert (demo.heard(JOHN), demo.heard(ELS)) == (["seat"], ["free", "moved", "tomorrow"])
    assert demo.heard(BYSTANDER) == []
    about_it, others = demo.told()
    assert about_it == {person.to for person in (*pushed, ELS)}
    assert all(to.endswith(OF_OTHERS) or to.startswith("+32470003") for to in others), others
    for person in (JAN, LUC):
        assert demo.messages(person)["sessionReminder"] == "expired"
