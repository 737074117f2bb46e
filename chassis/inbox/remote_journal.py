"""Another service's journal, read over RPC."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, overload

from chassis.broker.rpc_client import Call, RpcClient, RpcUnavailable
from chassis.green import in_turns
from chassis.inbox.folding import Fold, Folded, fold_run
from chassis.inbox.origin import Origin
from contracts.envelope import Event, Undecodable

AHEAD = 2
"""Pages that are asked for, made, read and folded while the caller works on one."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where another service's journal stands: its epoch, its last position, and the id there if the owner tells it."""

    epoch: str
    position: int
    id: str | None


class Page(NamedTuple):
    """Events of a journal in order, the position of its head, and what was made of these events, if anything was."""

    head: int
    events: Sequence[Event]
    folded: Folded | None = None


class Texts(Sequence[Event]):
    """Events as the texts that they came as, each decoded whenever it is asked for. Raises Undecodable then."""

    def __init__(self, texts: Sequence[str], decode: Callable[[str], Event]) -> None:
        self._texts = texts
        self._decode = decode

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, at: int) -> Event: ...

    @overload
    def __getitem__(self, at: slice) -> Texts: ...

    def __getitem__(self, at: int | slice) -> Event | Texts:
        if isinstance(at, slice):
            return Texts(self._texts[at], self._decode)
        return self._decode(self._texts[at])


class RemoteJournal:
    """The journal of `origin`, the service that `client` calls; its pages are folded with `fold`."""

    def __init__(self, client: RpcClient, origin: Origin, fold: Fold | None = None) -> None:
        self._client = client
        self._origin = origin
        self._fold = fold

    def head(self) -> Head:
        """Where the journal stands. Raises RpcUnavailable."""
        answer = self._own(self._client.call("journal_head"))
        return Head(answer["epoch"], answer["position"], answer.get("id"))

    def renew(self) -> None:
        """Have answers arrive again, should somebody have deleted what carries them."""
        self._client.renew()

    def pages(self, after: int, limit: int) -> Iterator[Page]:
        """Up to `limit` events, in order; page after page to the end of the journal.

        While the caller waits for its database, the next ones are made by the owner, and read and folded here; a page that is
        folded keeps its events as texts.
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
                page: Page = self._client.result(calls.popleft())
                if not page.events:
                    return
                last = page.events[-1].position
                # Positions have no hole, so it is known where a page begins, but for an owner that makes shorter ones.
                if last < min(page.head, asked - limit * len(calls)):
                    self._forget(calls)
                    asked = last
                while len(calls) < AHEAD and asked < page.head:
                    ask()
                yield page
        finally:
            self._forget(calls)

    def _forget(self, calls: deque[Call]) -> None:
        while calls:
            self._client.forget(calls.popleft())

    def cancel(self) -> None:
        """End every question that waits for its answer."""
        self._client.cancel()

    def _read(self, answer: dict[str, Any]) -> Page:
        # In turns with the caller, who puts the page before this one into its database meanwhile.
        texts = answer["events"]
        events = map(self._event, in_turns(texts))
        head = self._own(answer)["position"]
        if self._fold is None:
            return Page(head, list(events))
        return Page(head, Texts(texts, self._event), fold_run(self._fold, events))

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
