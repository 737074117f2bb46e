"""A run is folded while it passes, and only where each event continues the one before; all else is looked at one by one."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from chassis.clock import SystemClock
from chassis.inbox import dead_letters
from chassis.inbox.checkpoints import STOPPED
from chassis.inbox.folding import fold_run
from chassis.inbox.remote_journal import Page
from contracts.envelope import Undecodable
from tests.unit.chassis.inbox.test_session import Subscriber, event

OTHER_EPOCH = "0195a1b2-3c4d-7e5f-8a6b-0000000000ff"
UNKNOWN = "be.digipunt.visits.v1.visits.notify.unheardOf"
AWAY = sa.exc.OperationalError("SELECT 1", {}, Exception("the database is away"))


def positions(events):
    return [each.position for each in events]


def page(*events, fold=positions):
    """A page of the journal, folded as it came."""
    return Page(events[-1].position, events, fold_run(fold, events))


@pytest.fixture
def subscriber(tmp_path):
    """Notes in `applied` what was folded ahead as one list, and otherwise each position."""
    made = Subscriber(tmp_path)

    def project(batch):
        if made.fails:
            raise made.fails
        made.applied += positions(batch.events) if batch.folded is None else [batch.folded]

    made.projection = type(made.projection)(
        made.database, subscriber="reporting", source="visits", project=project, clock=SystemClock()
    )
    made.generation = made.projection.prepare()
    yield made
    made.database.close()


def apply(subscriber, *events, **more):
    return subscriber.projection.apply_page(page(*events, **more), subscriber.generation)


def test_a_run_is_folded_with_its_ends():
    """No event between them is kept."""
    folded = fold_run(positions, iter([event(3), event(4), event(5)]))
    assert (folded.made, folded.first.position, folded.last.position) == ([3, 4, 5], 3, 5)


@pytest.mark.parametrize(
    "events",
    [
        [],
        [event(1), event(3)],
        [event(2), event(1)],
        [event(1), event(1)],
        [event(1), event(2, epoch=OTHER_EPOCH)],
        [event(1), event(2, previousid=OTHER_EPOCH)],
        [event(1), event(2, type=UNKNOWN)],
        [event(1, type=UNKNOWN)],
    ],
    ids=["nothing", "hole", "order", "twice", "epoch", "fork", "unknown type", "unknown first"],
)
def test_what_is_no_plain_run_is_not_folded(events):
    """Whoever applies the events says what is wrong with them."""
    assert fold_run(positions, events) is None


def test_what_cannot_be_folded_or_read_is_left_to_who_applies_it():
    """A defect, text that is no event, and a fold that did not look at all of it."""

    def unreadable():
        yield event(1)
        raise Undecodable("not JSON")

    assert fold_run(lambda events: [1 / 0 for _ in events], [event(1)]) is None
    assert fold_run(positions, unreadable()) is None
    assert fold_run(next, [event(1), event(2)]) is None


def test_a_folded_page_is_applied_as_one(subscriber):
    """The checkpoint stands at its last event, and it takes effect once."""
    assert apply(subscriber, event(1), event(2)).position == 2
    assert apply(subscriber, event(3)).position == 3
    assert apply(subscriber, event(3)).position == 3
    assert subscriber.applied == [[1, 2], [3]]
    assert subscriber.checkpoint().last_id == event(3).id


def test_what_was_applied_meanwhile_is_left_out_one_by_one(subscriber):
    """Live events may have gone ahead of the page that was asked for before them."""
    subscriber.projection.apply([event(1), event(2)], subscriber.generation)
    assert apply(subscriber, event(2), event(3)).position == 3
    assert subscriber.applied == [1, 2, 3]


@pytest.mark.parametrize(
    "second", [event(2, epoch=OTHER_EPOCH), event(2, previousid=OTHER_EPOCH)], ids=["epoch", "fork"]
)
def test_a_page_of_another_journal_raises_the_alarm(subscriber, second):
    """Folded or not: it does not continue what was applied, and nothing more is."""
    apply(subscriber, event(1))
    assert apply(subscriber, second).stopped
    assert apply(subscriber, event(2)).stopped
    assert subscriber.checkpoint().state == STOPPED
    assert subscriber.applied == [[1]]


def test_behind_a_dead_letter_the_same_subject_waits(subscriber):
    """A page with an event about it is applied event by event; the next one, with none, as a whole."""
    with subscriber.database.begin() as connection:
        now = datetime.now(UTC)
        before = event(1, subject="visits/a")
        dead_letters.add(
            connection,
            [dead_letters.to_dead_letter("visits", subscriber.generation, before, "a defect", now)],
        )
    apply(subscriber, event(1), event(2, subject="visits/a"), event(3))
    apply(subscriber, event(4), event(5))
    assert subscriber.applied == [1, 3, [4, 5]]
    with subscriber.database.read() as connection:
        assert [each["position"] for each in dead_letters.oldest(connection)] == [1, 2]


def test_a_defect_in_what_was_folded_is_sought_among_its_events(subscriber):
    """What the database does not take becomes a dead letter alone, whole, and nothing of the page is lost."""
    tried = []

    def project(batch):
        tried.append(batch.folded)
        if batch.folded is not None or 2 in positions(batch.events):
            raise ValueError("a defect")
        subscriber.applied.extend(positions(batch.events))

    subscriber.projection._project = project
    apply(subscriber, event(1), event(2), event(3))
    assert tried[0] == [1, 2, 3]
    assert subscriber.applied == [1, 3]
    with subscriber.database.read() as connection:
        [letter] = dead_letters.oldest(connection)
        [(_, body)] = dead_letters.of_subject(connection, "visits", subscriber.generation, event(2).subject)
    assert letter["position"] == 2
    assert event(2).encode() == body


def test_an_outage_is_nobodys_fault(subscriber):
    """The page comes again, and is applied once."""
    subscriber.fails = AWAY
    with pytest.raises(sa.exc.OperationalError):
        apply(subscriber, event(1), event(2))
    subscriber.fails = None
    assert apply(subscriber, event(1), event(2)).position == 2
    assert subscriber.applied == [[1, 2]]
