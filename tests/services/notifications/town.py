"""visits and notifications together, for the people of info sessions: the clock moves, e-mails and SMS really leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import httpx

from chassis.clock import BRUSSELS
from chassis.http.auth import issue
from chassis.run import Runner
from tests.services.notifications.owner import TIENEN
from tests.services.notifications.world import MovedClock
from tests.support.kannel import Kannel
from tests.support.mail import MailServer
from tests.support.processes import wait_until

ADDRESS = {"street": "Broekstraat 7", "postalCode": "3300", "town": "Tienen"}


def brussels(day: date, hour: int = 14) -> datetime:
    """This hour of that day in Belgium."""
    return datetime.combine(day, time(hour), BRUSSELS)


@dataclass
class Town:
    """A digipunt in Tienen, and what a test does there as its coordinator."""

    runner: Runner
    clock: MovedClock
    mail: MailServer
    kannel: Kannel
    idle: list[int]
    aged: list[int]
    point: str = ""

    def client(self, role: str = "coordinator", **claims: Any) -> httpx.Client:
        """Somebody with this role in Tienen."""
        token = issue(self.runner.settings, role, **{"municipalities": [TIENEN]} | claims)
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.runner.address, headers=headers, timeout=120, trust_env=False)

    def call(self, method: str, path: str, body: Any = None, expect: int = 200, **more: Any) -> Any:
        """What came of a request of the coordinator."""
        with self.client() as client:
            answer = client.request(method, path, json=body, **more)
        assert answer.status_code == expect, (path, answer.text)
        return answer.json() if answer.content else None

    def open_point(self) -> None:
        """A digipunt with a number of its own."""
        self.point = str(uuid4())
        body = {"name": "BOM", "municipality": TIENEN, "phone": "016 80 56 62"}
        self.call("PUT", f"/visits/v1/digipunts/{self.point}", body, 201)

    def contact(self, id: str | None = None, name: str = "Rita Claes", expect: int = 201, **ways: Any) -> str:
        """Somebody to reach; without `ways` by an e-mail address of their own."""
        id = id or str(uuid4())
        ways = ways or {"email": self.address_of(id)}
        self.call(
            "PUT", f"/notifications/v1/contacts/{id}", {"name": name, "digipunt": self.point} | ways, expect
        )
        return id

    @staticmethod
    def address_of(contact: str) -> str:
        """The e-mail address of a contact that has just that."""
        return f"{contact[:13]}@example.be"

    def plan(self, starts: datetime, seats: int = 20, title: str = "Veilig online", **more: Any) -> str:
        """A session of two hours at the digipunt."""
        id = str(uuid4())
        body = {
            "kind": "infoSession",
            "title": title,
            "digipunt": self.point,
            "startsAt": starts.isoformat(),
            "endsAt": starts.replace(hour=starts.hour + 2).isoformat(),
            "seats": seats,
        }
        self.call("PUT", f"/visits/v1/sessions/{id}", body | more, 201)
        return id

    def move(self, session: str, **changes: Any) -> None:
        """Change a session."""
        if "startsAt" in changes:
            starts = changes["startsAt"]
            ends = starts.replace(hour=starts.hour + 2)
            changes |= {"startsAt": starts.isoformat(), "endsAt": ends.isoformat()}
        version = self.call("GET", f"/visits/v1/sessions/{session}")["version"]
        headers = {"If-Match": f'"{version}"'}
        self.call("PATCH", f"/visits/v1/sessions/{session}", changes, headers=headers)

    def register(self, session: str, contact: str | None = None) -> str:
        """A seat, or a place on the waiting list; its id."""
        id = str(uuid4())
        body = {"contact": contact} if contact else {}
        self.call("PUT", f"/visits/v1/sessions/{session}/registrations/{id}", body, 201)
        return id

    def give_back(self, session: str, registration: str) -> None:
        self.call("POST", f"/visits/v1/sessions/{session}/registrations/{registration}/cancel")

    def rounds(self) -> None:
        """What visits said is applied, what is settling has settled, and nothing is due any more."""
        owner = self.runner.applications["visits"]
        wait_until(lambda: owner.journal.waiting() == 0, "the relay", 60)
        head = owner.journal.head().position
        consumer = self.runner.applications["notifications"].consumers["visits"]
        wait_until(lambda: int(consumer.status()["position"]) >= head, "notifications to apply it", 60)
        self.clock.later(seconds=5)
        enough = self.idle[0] + 2
        wait_until(lambda: self.idle[0] >= enough, "the sender to have sent what is due", 60)

    def at(self, day: date, hour: float = 10.1) -> None:
        """Make it this hour, and let what is due then leave."""
        self.clock.set(day, hour)
        self.rounds()

    def ages(self) -> None:
        """Wait until contacts that are no longer needed at this moment are gone."""
        enough = self.aged[0] + 2
        wait_until(lambda: self.aged[0] >= enough, "the timer", 60)

    def emails(self, contact: str) -> list[str]:
        """The subjects of what this contact got by e-mail, oldest first, as `named`."""
        return [self.named(str(each["Subject"])) for each in self.mail.emails(self.address_of(contact))]

    @staticmethod
    def named(subject: str) -> str:
        """A subject without the moment of the session, if it tells that."""
        return subject.partition(" op ")[0]

    def messages(self, registration: str) -> dict[str, str]:
        """What there is to tell about this registration: kind and state."""
        items = self.call("GET", f"/notifications/v1/messages?about={registration}")["items"]
        return {item["kind"]: item["state"] for item in items}

    def lines(self, path: str) -> list[dict[str, Any]]:
        """A work list of staff at this digipunt."""
        found: list[dict[str, Any]] = self.call("GET", f"/notifications/v1/{path}?digipunt={self.point}")[
            "items"
        ]
        return found
