"""Another service's journal, read over RPC."""

from __future__ import annotations

from collections.abc import Iterator

from chassis.broker.rpc_client import RpcClient
from contracts.envelope import Event


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

        While the caller works on a page, the owner is making the next one already. Raises RpcUnavailable.
        """
        call = self._client.begin("journal_page", after, limit)
        try:
            while True:
                answer = self._client.result(call)
                head, events = answer["position"], [Event.decode(body) for body in answer["events"]]
                if not events:
                    return
                last = events[-1].position
                if last < head:
                    call = self._client.begin("journal_page", last, limit)
                yield head, events
                if last >= head:
                    return
        finally:
            self._client.forget(call)

    def cancel(self) -> None:
        """End every question that waits for its answer."""
        self._client.cancel()
