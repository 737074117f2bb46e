"""Forty ways to read another municipality, and the next digipunt, as a helper: by id, list, filter, search, tag, replay.

The measure is what an answer tells: it is the same, byte for byte, as for things that never were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from chassis.http.auth import issue
from chassis.run import Runner
from services import REGISTRY
from tests.services.access_requests import NAME, TIENEN, ask, fill, token
from tests.support.running import laptop

LANDEN = "24059"
NOTE = "brievenbusmarkering"
MARKS = (NAME, NOTE, "Veilig online")
"""What only answers about Tienen hold."""

VISIT = {"digipunt": "{own}", "themes": ["tax"], "startedAt": "2026-03-04T10:00:00Z"}
WAYS: list[tuple[str, str, object, dict[str, str]]] = [
    ("GET", "/visits/v1/visits/{visits}", None, {}),
    ("HEAD", "/visits/v1/visits/{visits}", None, {}),
    ("GET", "/visits/v1/visits/{visits}", None, {"If-None-Match": '"1"'}),
    ("GET", "/visits/v1/visits/{visits}", None, {"If-None-Match": "*"}),
    ("PATCH", "/visits/v1/visits/{visits}", {"themes": ["apps"]}, {"If-Match": '"1"'}),
    ("PATCH", "/visits/v1/visits/{visits}", {"themes": ["apps"]}, {"If-Match": '"7"'}),
    ("POST", "/visits/v1/visits/{visits}/void", {"reason": "test"}, {"Idempotency-Key": "voided"}),
    ("GET", "/visits/v1/visits?digipunt={digipunts}", None, {}),
    ("GET", "/visits/v1/visits?digipunt={digipunts}&from=2020-01-01&theme=tax&page=1&pageSize=1", None, {}),
    ("GET", "/visits/v1/sessions/{sessions}", None, {}),
    ("GET", "/visits/v1/sessions/{sessions}/registrations", None, {}),
    ("GET", "/visits/v1/sessions?digipunt={digipunts}", None, {}),
    ("PUT", "/visits/v1/sessions/{sessions}/registrations/{fresh}", {"seats": 1}, {}),
    ("GET", "/visits/v1/followUps/{followUps}", None, {}),
    ("GET", "/visits/v1/followUps?digipunt={digipunts}", None, {}),
    ("POST", "/visits/v1/feedback", {"digipunt": "{digipunts}", "satisfaction": 4}, {}),
    ("GET", "/loans/v1/borrowers/{borrowers}", None, {}),
    ("PATCH", "/loans/v1/borrowers/{borrowers}", {"name": "Piet"}, {"If-Match": '"1"'}),
    ("POST", "/loans/v1/borrowers/query", {"name": NAME}, {}),
    ("GET", "/loans/v1/devices/{devices}/history", None, {}),
    ("GET", "/loans/v1/loans/{loans}", None, {}),
    ("GET", "/loans/v1/loans?digipunt={digipunts}&embed=borrower", None, {}),
    ("GET", "/loans/v1/loans/{loans}/agreement.pdf", None, {}),
    ("POST", "/loans/v1/loans/{loans}/agreement.pdf/ticket", None, {}),
    ("GET", "/loans/v1/requests/{requests}", None, {}),
    ("GET", "/loans/v1/requests?digipunt={digipunts}&embed=borrower", None, {}),
    ("GET", "/loans/v1/today?digipunt={digipunts}&embed=borrower", None, {}),
    (
        "PUT",
        "/loans/v1/loans/{fresh}",
        {"borrower": "{borrowers}", "devices": ["{devices}"], "digipunt": "{own}"},
        {},
    ),
    (
        "PUT",
        "/loans/v1/requests/{fresh}",
        {"borrower": "{borrowers}", "deviceKind": "laptop", "digipunt": "{own}"},
        {},
    ),
    ("GET", "/notifications/v1/messages/{messages}", None, {}),
    ("GET", "/notifications/v1/messages?digipunt={digipunts}", None, {}),
    ("GET", "/notifications/v1/contacts/{contacts}", None, {}),
    ("GET", "/notifications/v1/contacts?digipunt={digipunts}", None, {}),
    ("GET", "/notifications/v1/callSheet?digipunt={digipunts}", None, {}),
    ("GET", "/notifications/v1/inPerson?digipunt={digipunts}", None, {}),
    ("POST", "/notifications/v1/callSheet/claims", {"messages": ["{messages}"]}, {}),
    ("POST", "/notifications/v1/results", {"messages": ["{messages}"], "result": "told"}, {}),
    ("GET", "/desk/v1/helpers?digipunt={digipunts}", None, {}),
    ("POST", "/desk/v1/helpers/{helpers}/pin", {"pin": "8642"}, {}),
    ("GET", "/reporting/v1/summary?municipality=24107&digipunt={digipunts}", None, {}),
    ("GET", "/reporting/v1/query?by=theme&digipunt={digipunts}", None, {}),
]
"""Method, address, body and headers. `{own}` is the attacker's digipunt, `{fresh}` an id of nobody, the others are Tienen's."""

assert len(WAYS) >= 30


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """All services on one laptop."""
    services = [each.load() for each in REGISTRY.values()]
    with laptop(tmp_path_factory.mktemp("ways"), *REGISTRY) as place, place.running(*services) as runner:
        yield runner


@pytest.fixture(scope="module")
def town(runner: Runner) -> dict[str, str]:
    """Things at one digipunt in Tienen, one of them recorded under a key that the attacker knows; and two other digipunten."""
    ids = fill(runner)
    for name, municipality in (("Landen", LANDEN), ("next", TIENEN)):
        ids[name] = str(uuid4())
        body = {"name": name, "municipality": municipality}
        answer = sent(
            runner,
            token(runner, "coordinator", municipality),
            "PUT",
            f"/visits/v1/digipunts/{ids[name]}",
            body,
        )
        assert answer.status_code == 201, answer.text
    coordinator = token(runner, "coordinator", TIENEN)
    visit = str(uuid4())
    body = {"digipunt": ids["digipunts"], "themes": ["tax"], "note": NOTE}
    assert sent(runner, coordinator, "PUT", f"/visits/v1/visits/{visit}", body).status_code == 201
    voided = sent(
        runner,
        coordinator,
        "POST",
        f"/visits/v1/visits/{visit}/void",
        {"reason": "test"},
        {"Idempotency-Key": "voided"},
    )
    assert voided.status_code == 200, voided.text
    assert ask(runner, "visits", "GET /v1/visits/{id}", coordinator, ids).status_code == 200
    return ids | {"visits": visit}


def sent(
    runner: Runner,
    bearer: str,
    method: str,
    path: str,
    body: object = None,
    more: dict[str, str] | None = None,
):
    headers = {"Authorization": f"Bearer {bearer}", "Accept-Language": "nl"} | (more or {})
    return httpx.request(method, runner.address + path, json=body, headers=headers, timeout=60)


def tried(runner: Runner, bearer: str, way, ids: dict[str, str], own: str) -> httpx.Response:
    """One way, about the things in `ids`."""
    method, path, body, headers = way
    named = {**ids, "own": own, "fresh": str(uuid4())}

    def filled(value):
        if isinstance(value, str):
            return re.sub(r"\{(\w+)\}", lambda found: named[found[1]], value)
        if isinstance(value, list):
            return [filled(each) for each in value]
        return {name: filled(each) for name, each in value.items()} if isinstance(value, dict) else value

    return sent(runner, bearer, method, filled(path), filled(body), headers)


def told(answer: httpx.Response, ids: dict[str, str]) -> tuple[int, str, str | None]:
    """What an answer says: without the ids that were sent, its trace and its time."""
    text = answer.text
    for id in ids.values():
        text = text.replace(id, "…")
    text = re.sub(r'"(instance|asOf|serverTime)":("[^"]*"|\{[^}]*\})', "", text)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "…", text)
    return answer.status_code, text, answer.headers.get("etag") and "etag"


@pytest.mark.case("security M1", "security M2", "security M3", "security L5")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]} {way[1]} {'+'.join(way[3])}")
def test_helper_of_landen_reads_nothing_of_tienen(runner, town, way):
    """Each answer is what somebody gets who asks for things that never were."""
    bearer = issue(runner.settings, "helper", [LANDEN], [town["Landen"]])
    never = {name: str(uuid4()) for name in town}
    answer = tried(runner, bearer, way, town, town["Landen"])
    assert not any(mark in answer.text for mark in MARKS), answer.text
    assert told(answer, town) == told(tried(runner, bearer, way, never, town["Landen"]), never)
    assert answer.status_code in (200, 400, 403, 404), answer.text


@pytest.mark.case("security M1", "security M2", "security M3")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]} {way[1]} {'+'.join(way[3])}")
def test_helper_of_the_next_digipunt_reads_nothing_of_this_one(runner, town, way):
    """The refusal may say that it is of a colleague's digipunt, and nothing else; lists are empty."""
    bearer = issue(runner.settings, "helper", [TIENEN], [town["next"]])
    answer = tried(runner, bearer, way, town, town["next"])
    assert not any(mark in answer.text for mark in MARKS), answer.text
    assert "etag" not in answer.headers or answer.status_code == 200
    assert answer.status_code in (200, 403, 404), answer.text
    if answer.status_code == 200 and way[0] == "GET":
        found = answer.json()
        assert not [each for value in found.values() if isinstance(value, list) for each in value], found
