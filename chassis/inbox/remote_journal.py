"""Another service's journal, read over RPC."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from chassis.broker.rpc_client import Call, RpcClient
from contracts.envelope import Event

AHEAD = 2
"""Pages that are asked for, made and read while the caller works on one."""


class RemoteJournal:
    """The journal of the service that `client` calls."""

    def __init__(self, client: RpcClient) -> None:
        self._client = client

    def head(self) -> tuple[str, int]:
        """Epoch and last position of the journal. Raises RpcUnavailable."""
        answer = self._client.call("journal_head")
        return answer["epoch"], answer["position"]

    def pages(self, after: int, limit: int) -> Iterator[tuple[int, list[Event]]]:
        """The head's position, and up to `limit` events, in order; page after page to the end of the journal.

        While the caller works on a page, or waits for its database, the next ones are made by the owner and read here.
        Raises RpcUnavailable, and Undecodable.
        """
        asked = after
        calls: deque[Call] = deque()

        def ask() -> None:
            nonlocal asked
            calls.append(self._client.begin("journal_page", asked, limit, read=_read))
            asked += limit

        try:
            ask()
            while calls:
                head, events = self._client.result(calls.popleft())
                if not events:
                    return
                last = events[-1].position
                # Positions have no hole, so it is known where a page begins, but for an owner that makes shorter ones.
                if last < min(head, asked - limit * len(calls)):
                    self._forget(calls)
                    asked = last
                while len(calls) < AHEAD and asked < head:
                    ask()
                yield head, events
        finally:
            self._forget(calls)

    def _forget(self, calls: deque[Call]) -> None:
        while calls:
            self._client.forget(calls.popleft())

    def cancel(self) -> None:
        """End every question that waits for its answer."""
        self._client.cancel()


def _read(answer: dict[str, Any]) -> tuple[int, list[Event]]:
    return answer["position"], [Event.decode(body) for body in answer["events"]]
