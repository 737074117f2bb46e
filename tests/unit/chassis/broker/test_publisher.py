"""A publisher counts as published what the broker confirmed, and nothing else."""

import pytest

from chassis.broker import publisher
from chassis.broker.publisher import NotConfirmed, Publisher


class Connection:
    """A broker that confirms what `answers` says, one answer for each look."""

    answers = ()
    confirms = True
    fails = None
    closed = False

    def __init__(self, url):
        self.url, self.published, self.heartbeats = url, [], 0
        self._answers = iter(type(self).answers)
        type(self).last = self

    @property
    def channel(self):
        return self

    def declare_exchange(self, name):
        if self.fails:
            raise self.fails

    def confirm_publishes(self, on_ack, on_nack):
        self.on_ack, self.on_nack = on_ack, on_nack

    def publish_batch(self, exchange, messages, *, content_type):
        self.published += messages

    def drain(self, timeout):
        answer = next(self._answers, None)
        if answer is None:
            return False
        kind, number, multiple = answer
        (self.on_ack if kind == "ack" else self.on_nack)(number, multiple)
        return True

    def heartbeat(self):
        self.heartbeats += 1

    def close(self):
        self.closed = True


def made(monkeypatch, **behaviour):
    monkeypatch.setattr(publisher, "Connection", type("Fake", (Connection,), behaviour))
    return Publisher("amqp://broker", "visits.events")


MESSAGES = [("a.type", "1", "one"), ("a.type", "2", "two"), ("a.type", "3", "three")]


@pytest.mark.parametrize(
    "answers", [[("ack", 3, True)], [("ack", 1, False), ("ack", 3, False), ("ack", 2, False)]]
)
def test_confirmed_one_by_one_or_together(monkeypatch, answers):
    """`confirm` returns when each of the three was confirmed, in whatever order."""
    sending = made(monkeypatch, answers=answers)
    sending.send(MESSAGES)
    sending.confirm()
    sending.close()
    assert sending._connection.closed


@pytest.mark.parametrize("answers", [[], [("ack", 1, False)], [("nack", 1, False)]])
def test_what_is_not_confirmed_or_refused_raises(monkeypatch, answers):
    """Silence and refusal are the same to the relay: it starts over."""
    sending = made(monkeypatch, answers=answers)
    sending.send(MESSAGES)
    with pytest.raises(NotConfirmed):
        sending.confirm()


def test_idle_it_answers_heartbeats(monkeypatch):
    """The connection stays open while there is nothing to say."""
    sending = made(monkeypatch)
    sending.keep_alive()
    assert sending._connection.heartbeats == 1


def test_the_broker_in_this_process_needs_no_confirms(monkeypatch):
    """What it was given, it has."""
    sending = made(monkeypatch, confirms=False)
    sending.send(MESSAGES)
    sending.confirm()
    sending.keep_alive()
    assert (len(sending._connection.published), sending._connection.heartbeats) == (3, 0)


def test_a_connection_that_cannot_be_used_is_closed(monkeypatch):
    """No connection is left behind by an error at the beginning."""
    fake = type("Fake", (Connection,), {"fails": OSError("no right")})
    monkeypatch.setattr(publisher, "Connection", fake)
    with pytest.raises(OSError, match="no right"):
        Publisher("amqp://broker", "visits.events")
    assert fake.last.closed
