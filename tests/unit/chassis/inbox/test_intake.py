"""No message holds the others up: what is no event is set aside once, and what cannot be taken is found by halving."""

from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa

from chassis.inbox import dead_letters
from chassis.inbox.dead_letters import MOST_BYTES, MOST_MESSAGES, Refused
from chassis.inbox.intake import Intake, Taken
from chassis.inbox.origin import Origin
from chassis.inbox.patience import TRIES
from chassis.inbox.projection import Outcome
from contracts.envelope import LONGEST_EVENT
from tests.unit.chassis.inbox.test_session import Subscriber, event

ORIGIN = Origin("test", "visits")

BODIES = {
    "a NUL": b"\x00",
    "NUL as text": "\x00",
    "bytes that are no text": b"\xff\xfe",
    "half a pair of surrogates": "\ud800",
    "five megabytes": b"x" * 5_000_000,
    "a NUL in the subject": event(1, subject="visits/\x00").encode(),
    "a subject without end": event(1, subject="x" * 100_000).encode(),
    "an event without end": event(1, data={"text": "x" * LONGEST_EVENT}).encode(),
    "a position that cannot be counted": event(1).encode().replace('"position":1', f'"position":{1 << 63}'),
    "an epoch that is none": event(1, epoch="x").encode(),
    "a moment before the calendar": event(1)
    .encode()
    .replace("2026-03-04T00:00:00Z", "0001-01-01T00:00:00+14:00"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def subscriber(request, tmp_path):
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").url_for("intake")
    made = Subscriber(tmp_path, url)
    made.generation = made.projection.prepare()
    made.intake = Intake(made.projection, ORIGIN)
    yield made
    made.database.close()


def kept(subscriber):
    with subscriber.database.read() as connection:
        return connection.execute(sa.text("SELECT body, error, position FROM parked ORDER BY id")).all()


@pytest.mark.parametrize("body", BODIES)
def test_poison_of_any_bytes_is_set_aside_once(subscriber, body):
    """In the transaction that applies what came with it; delivered again it is known."""
    messages = [BODIES[body], event(1).encode(), BODIES[body]]
    for _ in range(2):
        assert subscriber.intake.take(messages, subscriber.generation) == Taken(doubt=True)
    assert subscriber.applied == [1]
    [(text, _, position)] = kept(subscriber)
    assert position is None
    assert len(text) <= 4 * MOST_BYTES


def test_what_is_set_aside_is_bounded_in_number(subscriber):
    """What comes beyond is in the log only, until somebody has dropped what is there."""
    garbage = [str(number) for number in range(MOST_MESSAGES + 20)]
    for start in range(0, len(garbage), 400):
        subscriber.intake.take(garbage[start : start + 400], subscriber.generation)
    assert len(kept(subscriber)) == MOST_MESSAGES


def test_nothing_is_set_aside_when_the_rest_could_not_be_applied(subscriber):
    """A database that goes away in the middle leaves nothing: the messages come again."""
    subscriber.fails = sa.exc.OperationalError("SELECT 1", {}, Exception("the database is away"))
    for _ in range(TRIES + 1):
        with pytest.raises(sa.exc.OperationalError):
            subscriber.intake.take([b"\x00", event(1).encode()], subscriber.generation)
    assert kept(subscriber) == []


def test_a_message_without_a_predecessor_is_a_hint_only(subscriber):
    """It may be forged; the journal says what stands there. The first event of all has none."""
    plain = event(2, previousid=None).encode()
    taken = subscriber.intake.take([event(1).encode(), plain], subscriber.generation)
    assert (taken, subscriber.applied) == (Taken(doubt=True), [1])
    subscriber.projection.apply([event(2)], subscriber.generation)
    assert subscriber.intake.take([plain], subscriber.generation) == Taken()


@dataclass
class Touchy:
    """A projection that fails, for no known reason, as long as event 3 is in the batch."""

    positions: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def apply(self, events, generation, refused=(), *, carried=False):
        if any(each.position == 3 for each in events):
            raise RuntimeError("nobody knows why")
        self.positions += [each.position for each in events]
        self.refused += refused
        return Outcome(max(self.positions, default=0))


def test_what_fails_for_no_known_reason_is_found_by_halving():
    """After a bounded number of tries, and the others are taken."""
    projection = Touchy()
    intake = Intake(projection, ORIGIN)
    messages = [event(n).encode() for n in range(1, 8)]
    for _ in range(TRIES - 1):
        with pytest.raises(RuntimeError):
            intake.take(messages, 1)
    assert intake.take(messages, 1) == Taken(doubt=True)
    assert projection.positions == [1, 2, 4, 5, 6, 7]
    [aside] = projection.refused
    assert aside.reason == "RuntimeError: nobody knows why"
    assert '"position":3' in aside.body


def test_the_reason_tells_how_much_was_cut_off():
    """And two long messages that differ beyond what is kept are two."""
    one, other = (Refused.of(b"x" * 20_000 + end, "not JSON") for end in (b"1", b"2"))
    assert one.reason == "not JSON (the first 16,384 of 20,001 bytes are kept)"
    assert one.body == other.body
    assert one.digest != other.digest


def test_a_reason_of_any_text_can_be_kept(subscriber):
    """An error may quote what nobody can store."""
    letter = dead_letters.to_dead_letter(
        "visits", 1, event(1), "ValueError: \x00 \ud800 " + "x" * 9999, subscriber.projection._clock.now()
    )
    with subscriber.database.begin() as connection:
        dead_letters.add(connection, [letter])
    [(_, error, _)] = kept(subscriber)
    assert "\\x00" in error
    assert len(error) == dead_letters.LONGEST_REASON
