"""What somebody with an owner's broker password can publish: bytes of any kind, and events that look true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chassis.outbox.journal import Journal
from contracts.envelope import LONGEST_EVENT, Event
from contracts.events import EVENTS
from tests.simulation.owner import DEPLOYMENT, KINDS

if TYPE_CHECKING:
    from tests.simulation.world import World

POISON: tuple[bytes | str, ...] = (
    b"\x00",
    b'{"specversion": "1.0", "id": "a\\u0000b"}',
    b'{"specversion": "1.0", "subject": "\\ud800"}',
    "\ud800",
    b"\xff\xfe",
    b"[" * 2000,
    "x" * 20_000,
    "x" * (LONGEST_EVENT + 1),
    "",
)
PLAUSIBLE = (
    "next",
    "nextUnlinked",
    "nextHint",
    "far",
    "twin",
    "epoch",
    "again",
    "otherSource",
    "otherType",
    "otherDeployment",
)


def make(world: World, source: str, what: str, number: int) -> tuple[str, bytes | str] | None:
    """Routing key and body; None where the journal has nothing yet that it could look like."""
    key = KINDS[source].types["create"]
    if what == "poison":
        return key, POISON[number % len(POISON)]
    events = _events(world, source)
    if not events:
        return None
    last, some = events[-1], events[number % len(events)]
    subject = world.new_id()
    data = KINDS[source].data("create", subject, KINDS[source].words[0], "")
    new = last._replace(
        id=world.new_id(),
        type=key,
        subject=f"{KINDS[source].resource}/{subject}",
        entityversion=1,
        position=last.position + 1,
        previousid=last.id,
        data=data,
    )
    if what in ("next", "nextUnlinked", "far", "twin"):
        world.causes[source]["fork"] = None
    forged = {
        "next": new,
        "nextUnlinked": new._replace(previousid=world.new_id()),
        "nextHint": new._replace(previousid=None),
        "far": new._replace(position=last.position + 40),
        "twin": new._replace(position=some.position, previousid=some.previousid),
        "again": some,
        "otherSource": new._replace(source="urn:digipunt:sim:other"),
        "otherType": new._replace(type=next(name for name in EVENTS if KINDS[source].service not in name)),
        "otherDeployment": new._replace(deployment="other"),
    }
    if what == "epoch":
        epoch = world.new_id()
        world.forged_epochs[epoch] = None
        return key, new._replace(epoch=epoch).encode()
    return key, forged[what].encode()


def _events(world: World, source: str) -> list[Event]:
    """All that the journal holds now."""
    storage = world.databases[source]
    if not storage.is_free:
        return []
    with storage.alone():
        _, entries = Journal(storage, service=source, deployment=DEPLOYMENT).page(0)
    return [Event.decode(each.body) for each in entries]
