"""Every call ends: with an answer, with an error of the service, or because time is up."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import orjson
import pytest

from chassis.broker import rpc_client
from chassis.broker.rpc_client import RpcClient, RpcUnavailable
from chassis.inbox.origin import Origin
from chassis.inbox.remote_journal import Head, RemoteJournal
from contracts.envelope import Undecodable
from tests.unit.chassis.inbox.test_session import event

ORIGIN = Origin("test", "visits")


@dataclass
class Service:
    """The broker and the service behind it: answers every call at once with `reply`, or not at all."""

    reply: object = None
    calls: list[tuple[str, list]] = field(default_factory=list)
    broken: bool = False
    on_reply: object = None

    def ensure_exchange(self, name):
        pass

    def open_channel(self):
        return self

    def declare_queue(self, name, **options):
        self.queue = name

    def bind(self, *names):
        pass

    def consume(self, queue, on_message, **options):
        self.on_reply = on_message

    def publish(self, exchange, routing_key, body, **properties):
        if self.broken:
            raise OSError("the connection is lost")
        args = orjson.loads(body)["args"]
        self.calls.append((routing_key, args))
        answer = self.reply(routing_key, args) if callable(self.reply) else self.reply
        if answer is not None:
            properties = {"correlation_id": properties["correlation_id"]}
            self.on_reply(SimpleNamespace(body=orjson.dumps(answer), properties=properties))


def client(service):
    numbers = iter(range(1000))
    return RpcClient(service, "visits", new_id=lambda: f"id{next(numbers)}")


def test_an_answer_comes_back():
    """The method is called under the service's name, and its result returned."""
    service = Service({"result": {"position": 3}, "error": None})
    assert client(service).call("journal_head") == {"position": 3}
    assert service.calls == [("visits.journal_head", [])]


def test_an_error_of_the_service_is_unavailable():
    """It is named by its type; nothing else of it crosses."""
    service = Service({"result": None, "error": {"exc_type": "OperationalError"}})
    with pytest.raises(RpcUnavailable, match="answered journal_head with OperationalError"):
        client(service).call("journal_head")


def test_silence_ends(monkeypatch):
    """A service that is away is unavailable after a while."""
    monkeypatch.setattr(rpc_client, "CALL_TIMEOUT", 0.05)
    with pytest.raises(RpcUnavailable, match="did not answer"):
        client(Service()).call("journal_head")


def test_a_call_that_cannot_be_sent_is_forgotten():
    """The broker's error reaches the caller, and no reply is waited for."""
    asking = client(Service(broken=True))
    with pytest.raises(OSError, match="lost"):
        asking.call("journal_head")
    assert asking._waiting == {}


def test_a_reply_that_nobody_waits_for_is_dropped():
    """One that comes too late harms nobody."""
    service = Service()
    client(service)
    service.on_reply(SimpleNamespace(body=b"{}", properties={"correlation_id": "long ago"}))


def test_cancelled_every_call_that_waits_ends_at_once():
    """So a service stops although another one is away."""
    asking = client(Service())
    call = asking.begin("journal_head")
    asking.cancel()
    with pytest.raises(RpcUnavailable):
        asking.result(call)


def pages_of(events, size=2):
    """A service that answers `journal_page` from these events."""

    def reply(routing_key, args):
        after, limit = args
        chosen = events[after : after + min(limit, size)]
        return {
            "result": {"position": len(events), "events": [each.encode() for each in chosen]},
            "error": None,
        }

    return Service(reply)


def test_a_journal_is_read_page_by_page_to_its_end():
    """While one page is worked on, the next two were asked for already, and no more."""
    service = pages_of([event(n) for n in range(1, 10)])
    read = RemoteJournal(client(service), ORIGIN).pages(0, 2)
    next(read)
    assert [args for _, args in service.calls] == [[0, 2], [2, 2], [4, 2]]
    assert [[each.position for each in page.events] for page in read] == [[3, 4], [5, 6], [7, 8], [9]]
    assert len(service.calls) == 5


def test_an_owner_may_make_shorter_pages():
    """Of another release, perhaps: every event comes, once."""
    read = RemoteJournal(client(pages_of([event(n) for n in range(1, 8)], size=3)), ORIGIN).pages(0, 5)
    assert [[each.position for each in page.events] for page in read] == [[1, 2, 3], [4, 5, 6], [7]]


def test_a_page_is_folded_before_it_is_asked_for():
    """Or comes without, where its events cannot be folded: who applies them finds the culprit."""
    positions = [event(n) for n in range(1, 4)]
    folding = RemoteJournal(
        client(pages_of(positions)), ORIGIN, lambda events: [each.position for each in events]
    )
    pages = list(folding.pages(0, 2))
    assert [page.folded.made for page in pages] == [[1, 2], [3]]
    assert [[each.position for each in page.events[-2:]] for page in pages] == [[1, 2], [3]]
    failing = RemoteJournal(client(pages_of(positions)), ORIGIN, lambda events: 1 / 0)
    assert [(len(page.events), page.folded) for page in failing.pages(0, 2)] == [(2, None), (1, None)]


def test_a_page_that_cannot_be_read_is_told_to_who_asked():
    """Not to whoever receives for all."""
    asking = client(Service({"result": {"position": 1, "events": ["no event"]}, "error": None}))
    with pytest.raises(Undecodable):
        next(RemoteJournal(asking, ORIGIN).pages(0, 2))
    assert asking._waiting == {}


def test_an_empty_journal_has_no_page():
    """There is nothing to apply."""
    assert list(RemoteJournal(client(pages_of([])), ORIGIN).pages(0, 2)) == []


def test_the_head_of_a_journal_has_the_id_of_its_last_event():
    """An owner of before, which tells no id, is heard too."""
    answers = iter(
        [{"epoch": "e", "position": 3, "id": "c", "source": ORIGIN.source}, {"epoch": "e", "position": 3}]
    )
    journal = RemoteJournal(client(Service(lambda *asked: {"result": next(answers), "error": None})), ORIGIN)
    assert journal.head() == Head("e", 3, "c")
    assert journal.head() == Head("e", 3, None)


def test_an_owner_of_another_deployment_is_none():
    """As one that answers under its former name while a deployment gets another: it is waited for, and nothing is read."""
    answer = {"epoch": "e", "position": 3, "id": "c", "source": "urn:digipunt:former:visits"}
    journal = RemoteJournal(client(Service({"result": answer, "error": None})), ORIGIN)
    with pytest.raises(RpcUnavailable, match="urn:digipunt:former:visits answered"):
        journal.head()


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "be.digipunt.loans.v1.borrowers.notify.erased"},
        {"source": "urn:digipunt:test:loans"},
        {"deployment": "other"},
        {"epoch": "not a UUID"},
    ],
)
def test_what_is_no_event_of_the_journal_is_not_read_from_it(wrong):
    """A page with such an entry is refused as a whole."""
    journal = RemoteJournal(client(pages_of([event(1), event(2, **wrong)])), ORIGIN)
    with pytest.raises(Undecodable):
        list(journal.pages(0, 2))
