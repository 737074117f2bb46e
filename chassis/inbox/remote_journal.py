"""Another service's journal, read over RPC."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chassis.broker.rpc_client import Call, RpcClient, RpcUnavailable
from chassis.green import in_turns
from chassis.inbox.origin import Origin
from contracts.envelope import Event, Undecodable

AHEAD = 2
"""Pages that are asked for, made and read while the caller works on one."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where another service's journal stands: its epoch, its last position, and the id there if the owner tells it."""

    epoch: str
    position: int
    id: str | None


class RemoteJournal:
    """The journal of `origin`, the service that `client` calls."""

    def __init__(self, client: RpcClient, origin: Origin) -> None:
        self._client = client
        self._origin = origin

    def head(self) -> Head:
        """Where the journal stands. Raises RpcUnavailable."""
        answer = self._own(self._client.call("journal_head"))
        return Head(answer["epoch"], answer["position"], answer.get("id"))

    def renew(self) -> None:
        """Have answers arrive again, should somebody have deleted what carries them."""
        self._client.renew()

    def pages(self, after: int, limit: int) -> Iterator[tuple[int, list[Event]]]:
        """The head's position, and up to `limit` events, in order; page after page to the end of the journal.

        While the caller works on a page, or waits for its database, the next ones are made by the owner and read here.
        Raises RpcUnavailable, and Undecodable when there is something in the journal that is no event of it.
        """
        asked = after
        calls: deque[Call] = deque()

        def ask() -> None:
            nonlocal asked
            calls.append(self._client.begin("journal_page", asked, limit, read=self._read))
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

    def _read(self, answer: dict[str, Any]) -> tuple[int, list[Event]]:
        # In turns with the caller, who puts the page before this one into its database meanwhile.
        return self._own(answer)["position"], [self._event(body) for body in in_turns(answer["events"])]

    def _own(self, answer: dict[str, Any]) -> dict[str, Any]:
        """The answer, unless the owner is of another deployment, as it is for a moment when one gets another name."""
        source = answer.get("source", self._origin.source)
        if source != self._origin.source:
            raise RpcUnavailable(f"{source} answered, where {self._origin.source} is followed")
        return answer

    def _event(self, body: str) -> Event:
        event = Event.decode(body)
        objection = self._origin.objection(event)
        if objection:
            raise Undecodable(f"position {event.position} {objection}")
        return event
