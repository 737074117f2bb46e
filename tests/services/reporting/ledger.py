"""Visits as events, and the figures counted from scratch: what the read models are held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from chassis.clock import local_day
from contracts.envelope import Event
from contracts.events import event_type, validate

SPACE = UUID("5d0e9a53-0000-5000-8000-646967697075")
EPOCH = str(uuid5(SPACE, "epoch"))
TIENEN, LANDEN = "24107", "24059"
POINTS = {
    str(uuid5(SPACE, name)): municipality
    for name, municipality in (("bom", TIENEN), ("bib", TIENEN), ("recupke", LANDEN))
}
"""Digipunten and their municipalities."""


def visit(id: str, digipunt: str, started_at: str, **more: Any) -> dict[str, Any]:
    """A visit as it travels."""
    return {
        "id": id,
        "digipunt": digipunt,
        "municipality": POINTS[digipunt],
        "startedAt": started_at,
        "themes": ["tax"],
        "place": "point",
        "contact": "unknown",
    } | more


class Journal:
    """A journal of one service in memory. `now` is when its next event is recorded."""

    service: str

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.versions: Counter[str] = Counter()
        self.now = datetime(2026, 3, 4, tzinfo=UTC)

    def append(self, resource: str, what: str, id: str, data: dict[str, Any]) -> None:
        position = len(self.events) + 1
        self.versions[id] += 1
        type = event_type(self.service, resource, what)
        validate(type, data)
        self.events.append(
            Event(
                id=str(uuid5(SPACE, f"event {position}")),
                type=type,
                source=f"urn:digipunt:test:{self.service}",
                subject=f"{resource}/{id}",
                time=self.now,
                data=data,
                deployment="test",
                municipality=TIENEN,
                epoch=EPOCH,
                position=position,
                entityversion=self.versions[id],
            )
        )


class Ledger(Journal):
    """A journal of visits, with what holds at its end."""

    service = "visits"

    def __init__(self) -> None:
        super().__init__()
        self.standing: dict[str, dict[str, Any]] = {}
        for id, municipality in POINTS.items():
            point = {"id": id, "name": f"Punt {id[:4]}", "municipality": municipality, "state": "open"}
            self.append("digipunts", "opened", id, {"digipunt": point})

    def register(self, body: dict[str, Any]) -> None:
        self.standing[body["id"]] = body
        self.append("visits", "registered", body["id"], {"visit": body})

    def correct(self, id: str, **changes: Any) -> None:
        before = self.standing[id]
        after = self.standing[id] = before | changes
        self.append("visits", "corrected", id, {"before": before, "visit": after})

    def void(self, id: str) -> None:
        self.append("visits", "voided", id, {"visit": self.standing.pop(id), "reason": "mistake"})

    def counted(
        self,
        first: date,
        last: date,
        *,
        municipalities: Iterable[str] = (TIENEN, LANDEN),
        digipunt: str | None = None,
        residence: str | None = None,
    ) -> Figures:
        """The figures of a period, counted visit by visit."""
        chosen = [
            each
            for each in self.standing.values()
            if first <= local_day(datetime.fromisoformat(each["startedAt"])) <= last
            and (each.get("residence") == residence if residence else each["municipality"] in municipalities)
            and digipunt in (None, each["digipunt"])
        ]
        return Figures(chosen)


class Figures:
    """Plain counts of some visits."""

    def __init__(self, visits: list[dict[str, Any]]) -> None:
        self.visits = visits
        self.contacts = len(visits)
        self.recognised = len({each["visitor"] for each in visits if "visitor" in each})
        self.themes = Counter(theme for each in visits for theme in set(each["themes"]))
        self.contact = Counter(each["contact"] for each in visits)
        self.outcomes = Counter(each["outcome"] for each in visits if "outcome" in each)
        self.minutes = sum(each.get("durationMinutes", 0) for each in visits)
        self.bottlenecks = Counter(
            pair
            for each in visits
            for pair in {(b["service"], b["cause"]) for b in each.get("bottlenecks", ())}
        )

    def not_asked(self, field: str) -> Counter[str]:
        """How many of these visits leave `field` out, as the row of a list, where there are any."""
        return +Counter(notAsked=sum(field not in each for each in self.visits))


def codes(items: list[dict[str, Any]]) -> dict[str, int]:
    """`[{code, count}]` of an answer as a dict."""
    return {item["code"]: item["count"] for item in items}
