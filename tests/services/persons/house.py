"""All services in one process, and a scenario of which each name, number and address is a mark that can be looked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx

from chassis.http.auth import issue
from chassis.run import Runner
from chassis.storage.trail import link_new
from tests.services.loans.api import MovedClock
from tests.support.processes import wait_until

TIENEN, LANDEN = "24107", "24059"
MARKS = ("Merkteken", "470998877", "merk.teken", "Merkstraat", "Merkpartner", "Merkhelper", "zegtmerkwoord")
"""What stands in everything personal of the scenario."""

HOLDERS = ("visits", "loans", "notifications", "desk")


@dataclass
class House:
    """Everybody at work, on a clock that a test moves."""

    runner: Runner
    clock: MovedClock
    ids: dict[str, str] = field(default_factory=dict)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        expect: int | tuple[int, ...] = (200, 201),
        role: str = "coordinator",
        town: str = TIENEN,
    ) -> Any:
        """What came of a request of somebody in this town."""
        token = issue(self.runner.settings, role, [town], subject="ann")
        headers = {"Authorization": f"Bearer {token}"}
        url = self.runner.address + path
        answer = httpx.request(method, url, json=body, headers=headers, timeout=120, trust_env=False)
        wanted = expect if isinstance(expect, tuple) else (expect,)
        assert answer.status_code in wanted, (path, answer.status_code, answer.text)
        return answer.json() if answer.headers.get("content-type", "").endswith("json") else answer

    def fill(self) -> dict[str, str]:
        """A visit, a borrower who brought back what was lent, a contact with a seat and a call to make, a helper."""
        names = (
            "point",
            "visit",
            "borrower",
            "device",
            "request",
            "loan",
            "contact",
            "session",
            "seat",
            "call",
        )
        ids = self.ids = {name: str(uuid4()) for name in (*names, "helper", "reader")}
        today = self.clock.today().isoformat()
        starts = (self.clock.now() + timedelta(days=7)).replace(hour=12, minute=0, second=0, microsecond=0)
        place = {"digipunt": ids["point"], "municipality": TIENEN}
        address = {"street": "Merkstraat 7", "postalCode": "3300", "town": "Tienen"}
        reach = {"phone": "0470 99 88 77", "email": "merk.teken@example.be", "address": address}
        put = "PUT"
        visit = {"themes": ["tax"], "note": "zegtmerkwoord", "outcome": "referred"}
        met = [{"service": "itsme", "cause": "smartphoneOnly", "note": "zegtmerkwoord"}]
        self.call(put, f"/visits/v1/digipunts/{ids['point']}", {"name": "BOM", "municipality": TIENEN})
        here = {"digipunt": ids["point"]}
        self.call(put, f"/visits/v1/visits/{ids['visit']}", here | visit | {"bottlenecks": met})
        person = {
            "name": "Jan Merkteken",
            **reach,
            "via": {"name": "Merkpartner", "email": "merk.teken@example.org"},
        }
        self.call(put, f"/loans/v1/borrowers/{ids['borrower']}", place | person)
        self.call(
            put, f"/loans/v1/devices/{ids['device']}", place | {"kind": "laptop", "label": ids["device"][:8]}
        )
        asked = {"borrower": ids["borrower"], "deviceKind": "laptop", "note": "zegtmerkwoord", **here}
        self.call(put, f"/loans/v1/requests/{ids['request']}", asked)
        self.call("POST", f"/loans/v1/requests/{ids['request']}/refuse", {"reason": "other"})
        lent = {"borrower": ids["borrower"], "devices": [ids["device"]], **here}
        self.call(put, f"/loans/v1/loans/{ids['loan']}", lent)
        self.call("POST", f"/loans/v1/loans/{ids['loan']}/handOver", {"collectedBy": "Els Merkteken"})
        self.call("POST", f"/loans/v1/loans/{ids['loan']}/return", {})
        self.call(
            put, f"/notifications/v1/contacts/{ids['contact']}", place | {"name": "Rita Merkteken", **reach}
        )
        session = {"kind": "infoSession", "title": "Veilig online", "seats": 5, **here}
        session |= {"startsAt": starts.isoformat(), "endsAt": (starts + timedelta(hours=2)).isoformat()}
        self.call(put, f"/visits/v1/sessions/{ids['session']}", session)
        seat = f"/visits/v1/sessions/{ids['session']}/registrations/{ids['seat']}"
        self.call(put, seat, {"contact": ids["contact"]})
        call = {
            "kind": "callBack",
            "dueOn": today,
            "contact": ids["contact"],
            "note": "zegtmerkwoord",
            **here,
        }
        self.call(put, f"/visits/v1/followUps/{ids['call']}", call)
        helper = {"name": "Rita Merkhelper", "digipunts": [ids["point"]], "municipality": TIENEN}
        self.call(put, f"/desk/v1/helpers/{ids['helper']}", helper)
        reader = {"municipality": TIENEN, "name": "Lo Merkteken", "email": "merk.teken@example.net"}
        self.call(put, f"/notifications/v1/readers/{ids['reader']}", reader)
        self.caught_up()
        return ids

    def caught_up(self) -> None:
        """What each service said is applied by those who follow it."""

        def all_applied() -> bool:
            heads = {name: app.journal.head().position for name, app in self.runner.applications.items()}
            waiting = any(app.journal.waiting() for app in self.runner.applications.values())
            return not waiting and all(
                int(consumer.status()["position"]) >= heads[source]
                for app in self.runner.applications.values()
                for source, consumer in app.consumers.items()
            )

        wait_until(all_applied, "everybody to have applied everything", 120)

    def trail(self, service: str, what: str, person: str | None = None) -> list[dict[str, Any]]:
        """What the trail of a service tells, the latest first."""
        about = f"&person={person}" if person else ""
        found: list[dict[str, Any]] = self.call("GET", f"/{service}/v1/trail?what={what}{about}")["items"]
        return found

    def link(self) -> None:
        """What the timer does."""
        for app in self.runner.applications.values():
            while link_new(app.database):
                pass
