"""The broker inside the process does what nameko and kombu expect of one."""

import pytest
from kombu import Connection, Exchange, Queue
from kombu.simple import SimpleQueue

from chassis.broker import memory


@pytest.fixture
def connection():
    memory.register()
    with Connection("memory://unit") as connection:
        yield connection
    memory.forget("unit")


def waiting(connection, name):
    """How many messages wait in a queue."""
    return connection.default_channel._size(name)


def test_a_fanout_reaches_every_bound_queue_with_a_message_of_its_own(connection):
    """Acknowledged in one queue, it still waits in the other."""
    exchange = Exchange("all", type="fanout")
    queues = [Queue(name, exchange)(connection.default_channel) for name in ("one", "two")]
    for queue in queues:
        queue.declare()
    connection.Producer().publish({"n": 1}, exchange=exchange)
    queues[0].get().ack()
    assert (waiting(connection, "one"), waiting(connection, "two")) == (0, 1)


def test_what_is_requeued_goes_back_to_the_front_of_its_own_queue(connection):
    """It comes again first, marked as redelivered, and the other queue gets nothing."""
    exchange = Exchange("topics", type="topic")
    queues = [Queue(name, exchange, routing_key="#")(connection.default_channel) for name in ("one", "two")]
    for queue in queues:
        queue.declare()
    for number in (1, 2):
        connection.Producer().publish({"n": number}, exchange=exchange, routing_key="a.type")
    queues[0].get().requeue()
    assert waiting(connection, "two") == 2
    again = queues[0].get()
    assert again.payload == {"n": 1}
    again.reject()
    assert queues[0].get().payload == {"n": 2}


def test_a_queue_that_is_gone_takes_nothing_back(connection):
    """A message of a deleted queue is dropped, and nothing is raised."""
    queue = Queue("one", Exchange("topics", type="topic"), routing_key="#")(connection.default_channel)
    queue.declare()
    connection.Producer().publish({}, exchange="topics", routing_key="a")
    message = queue.get()
    queue.delete()
    message.requeue()
    connection.default_channel._put("one", {})
    assert waiting(connection, "one") == 0


def test_a_queue_can_be_emptied(connection):
    """Purging says how many were dropped."""
    simple = SimpleQueue(connection.default_channel, "one")
    simple.put({"n": 1})
    assert connection.default_channel.queue_purge("one") == 1
    assert waiting(connection, "one") == 0


def test_nothing_arrives_within_the_time(connection):
    """Waiting for messages ends with TimeoutError, as on a real broker."""
    simple = SimpleQueue(connection.default_channel, "one")
    simple.consumer.consume()
    with pytest.raises(TimeoutError):
        connection.drain_events(timeout=0.05)


def test_it_tells_its_version(connection):
    """kombu asks every transport."""
    assert connection.transport.driver_version() == "1"
