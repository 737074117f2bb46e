"""`digipunt person` at an address where not all services are: what nobody asked is no answer."""

from uuid import uuid4

import pytest

from chassis.errors import DigipuntError
from chassis.http import Response
from chassis.http.server import HttpServer, Limits
from digipunt.person import erase, export


@pytest.fixture
def visits():
    """The address of a service alone, as it is in its own container; it keeps one person."""
    server = HttpServer("127.0.0.1", 0, limits=Limits())
    server.add_route("GET", "/visits/health/live", lambda request: Response({"status": "UP"}))
    server.known = str(uuid4())
    kept = [{"kind": "registration", "municipality": "24107", "data": {}}]
    path = f"/visits/v1/persons/{server.known}/export"
    server.add_route("POST", path, lambda request: Response({"kept": kept}))
    server.start()
    yield server
    server.stop(0.5)


def test_nobody_is_found_where_nobody_was_asked(visits):
    """The sentence names the services that are not at this address."""
    for run in (
        lambda id: export(id, None, "asked", visits.address, "token", None),
        lambda id: erase(id, None, "asked", "nl", visits.address, "token", None),
    ):
        with pytest.raises(DigipuntError, match="desk, loans, notifications: not at"):
            run(str(uuid4()))


def test_half_an_export_says_that_it_is_half(visits, capsys):
    """What is there is written, and who was not asked is said beside it."""
    export(visits.known, None, "asked", visits.address, "token", None)
    told = capsys.readouterr()
    assert '"registration"' in told.out
    assert f"not asked: desk, loans, notifications, not at {visits.address}" in told.err
