"""A green process holds nobody up: work that computes long, and the look-up of a name, leave others their turn."""

import socket
import time

import eventlet
import pytest
from eventlet.support import greendns

from chassis.green import in_thread


@pytest.mark.timed
def test_others_go_on_while_a_thread_works():
    """Green threads run meanwhile, and what the work gives or raises comes back."""
    turns = []

    def others():
        while True:
            turns.append(time.monotonic())
            eventlet.sleep(0.005)

    running = eventlet.spawn(others)
    blocking = eventlet.patcher.original("time").sleep
    assert in_thread(lambda: blocking(0.2) or 7) == 7
    running.kill()
    assert len(turns) > 5


def test_what_a_thread_raises_comes_back():
    """As if it had been raised here."""
    with pytest.raises(ZeroDivisionError):
        in_thread(lambda: 1 // 0)


@pytest.fixture
def silent_nameserver(monkeypatch):
    """The only name server is one that never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        resolver = greendns.dns.resolver.Resolver(configure=False)
        resolver.nameservers = ["127.0.0.1"]
        resolver.port = silent.getsockname()[1]
        resolver.lifetime = 0.2
        monkeypatch.setattr(greendns.resolver, "_resolver", resolver)
        yield


@pytest.mark.timed
@pytest.mark.filterwarnings("ignore:please use dns.resolver:DeprecationWarning")  # eventlet's own
@pytest.mark.parametrize(
    "look_up",
    [lambda: socket.getaddrinfo("nowhere.example", 80), lambda: socket.gethostbyname("nowhere.example")],
)
def test_others_go_on_while_a_name_is_looked_up(silent_nameserver, look_up):
    """A slow name server keeps waiting who asked, and nobody else."""
    looking = eventlet.spawn(look_up)
    turns = 0
    while not looking.dead:
        eventlet.sleep(0.01)
        turns += 1
    assert turns > 10
    with pytest.raises(socket.gaierror):
        looking.wait()


def test_an_address_needs_no_name_server(silent_nameserver):
    """It is understood as it is, and so is the name of this machine."""
    [found] = socket.getaddrinfo("::1", 443, type=socket.SOCK_STREAM)
    assert found == (socket.AF_INET6, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("::1", 443, 0, 0))
    assert socket.gethostbyname("localhost") == "127.0.0.1"
