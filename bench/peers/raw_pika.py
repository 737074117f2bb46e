"""The broker's limit, the peer of row 4: pika publishes with confirms and consumes with acks, and nothing else is done.

`python -m bench.peers.raw_pika publish|consume COUNT BODIES`: prints the moment (monotonic, which processes of one machine
share) at which it began to publish, or had acked the last. Pages of 500 are confirmed and acked together, as ours are.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pika
from pika.adapters.select_connection import SelectConnection

from contracts.envelope import CONTENT_TYPE
from contracts.events import exchange

PAGE = 500
QUEUE = "limit.visits.events"
QUORUM = {"x-queue-type": "quorum"}
PERSISTENT = 2
PARAMETERS = pika.URLParameters(os.environ["DIGIPUNT_BROKER_URL"])


def consume(count: int) -> float:
    """Take `count` messages; the moment of the last ack."""
    connection = pika.BlockingConnection(PARAMETERS)
    channel = connection.channel()
    channel.exchange_declare(exchange("visits"), "topic", durable=True)
    channel.queue_declare(QUEUE, durable=True, arguments=QUORUM)
    channel.queue_bind(QUEUE, exchange("visits"), "be.digipunt.visits.#")
    channel.basic_qos(prefetch_count=2 * PAGE)
    print("consuming", flush=True)
    for taken, (method, _, _) in enumerate(channel.consume(QUEUE), 1):
        if taken % PAGE == 0 or taken == count:
            channel.basic_ack(method.delivery_tag, multiple=True)
        if taken == count:
            break
    ended = time.monotonic()
    connection.close()
    return ended


class Publish:
    """Publishes page after page, each when the one before is confirmed."""

    def __init__(self, count: int, bodies: list[str]) -> None:
        self._left = count
        self._bodies = bodies
        self._confirmed = self._sent = 0
        self._began = 0.0
        self._connection = SelectConnection(PARAMETERS, on_open_callback=self._opened)

    def run(self) -> float:
        """Publish all; the moment at which it began."""
        self._connection.ioloop.start()
        return self._began

    def _opened(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._begin)

    def _begin(self, channel: Any) -> None:
        self._channel = channel
        self._properties = pika.BasicProperties(content_type=CONTENT_TYPE, delivery_mode=PERSISTENT)
        channel.confirm_delivery(self._on_confirm)
        self._began = time.monotonic()
        self._page()

    def _page(self) -> None:
        for body in self._bodies[: min(PAGE, self._left)]:
            self._channel.basic_publish(
                exchange("visits"), "be.digipunt.visits.v1.visits.notify.registered", body, self._properties
            )
            self._sent += 1
        self._left -= min(PAGE, self._left)

    def _on_confirm(self, frame: Any) -> None:
        self._confirmed = (
            frame.method.delivery_tag
            if frame.method.multiple
            else max(self._confirmed, frame.method.delivery_tag)
        )
        if self._confirmed < self._sent:
            return
        if self._left:
            self._page()
        else:
            self._connection.ioloop.stop()


def main() -> None:
    does, count, bodies = sys.argv[1], int(sys.argv[2]), json.loads(Path(sys.argv[3]).read_text())
    print(consume(count) if does == "consume" else Publish(count, bodies).run(), flush=True)


if __name__ == "__main__":
    main()
