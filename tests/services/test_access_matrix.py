"""Every route, every role, own and other municipality. A new route without a rule here fails the test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

import services
from chassis.http.auth import ROLES, issue
from chassis.http.openapi import document
from chassis.run import Runner
from tests.support.processes import wait_until
from tests.support.running import laptop

TIENEN, ELSEWHERE = "24107", "24130"
SERVICES = services.load()

EVERYBODY = frozenset({"nobody"})
STAFF = frozenset({"helper", "coordinator"})
COORDINATOR = frozenset({"coordinator"})
FIGURES = frozenset({"coordinator", "policy"})
OPS = frozenset({"ops"})
GATEWAY = frozenset({"gateway"})
"""Needs no token, but the proof that the SMS gateway's file asks for."""

OF_EVERY_SERVICE = {
    "GET /health": EVERYBODY,
    "GET /health/live": EVERYBODY,
    "GET /health/ready": EVERYBODY,
    "GET /metrics": EVERYBODY,
    "GET /doc": EVERYBODY,
    "GET /doc/openapi.yaml": EVERYBODY,
    "GET /v1/refData": EVERYBODY,
    "GET /v1/refData/{list}": EVERYBODY,
    "GET /v1/status": OPS,
    "GET /v1/parked": OPS,
    "POST /v1/parked/retry": OPS,
    "POST /v1/rebuild": OPS,
    "GET /v1/events": OPS,
}
OWN = {
    "visits": {
        "GET /v1/sessions.ics": EVERYBODY,
        "GET /v1/digipunts": STAFF | {"policy"},
        "GET /v1/digipunts/{id}": STAFF | {"policy"},
        "PUT /v1/digipunts/{id}": COORDINATOR,
        "PATCH /v1/digipunts/{id}": COORDINATOR,
        "POST /v1/digipunts/{id}/close": COORDINATOR,
        "POST /v1/digipunts/{id}/reopen": COORDINATOR,
        "GET /v1/visits": STAFF,
        "GET /v1/visits/{id}": STAFF,
        "PUT /v1/visits/{id}": STAFF,
        "PATCH /v1/visits/{id}": STAFF,
        "POST /v1/visits/{id}/void": STAFF,
        "POST /v1/visits/batch": STAFF,
        "GET /v1/referrals": STAFF,
        "GET /v1/cards/{id}": STAFF,
        "PUT /v1/cards/{id}": STAFF,
        "POST /v1/cards/{id}/retire": STAFF,
        "POST /v1/cards/query": STAFF,
        "GET /v1/sessions": STAFF,
        "GET /v1/sessions/{id}": STAFF,
        "PUT /v1/sessions/{id}": COORDINATOR,
        "PATCH /v1/sessions/{id}": COORDINATOR,
        "POST /v1/sessions/{id}/cancel": COORDINATOR,
        "POST /v1/sessions/{id}/held": STAFF,
        "GET /v1/sessions/{id}/registrations": STAFF,
        "PUT /v1/sessions/{id}/registrations/{registration}": STAFF,
        "POST /v1/sessions/{id}/registrations/{registration}/cancel": STAFF,
        "GET /v1/feedback": COORDINATOR,
        "POST /v1/feedback": STAFF,
        "GET /v1/followUps": STAFF,
        "GET /v1/followUps/{id}": STAFF,
        "PUT /v1/followUps/{id}": STAFF,
        "POST /v1/followUps/{id}/done": STAFF,
    },
    "loans": {
        "GET /v1/devices": STAFF,
        "GET /v1/devices/labels.pdf": STAFF,
        "GET /v1/devices/{id}": STAFF,
        "GET /v1/devices/{id}/history": STAFF,
        "PUT /v1/devices/{id}": STAFF,
        "PATCH /v1/devices/{id}": STAFF,
        "POST /v1/devices/{id}/move": STAFF,
        "POST /v1/devices/{id}/repair": STAFF,
        "POST /v1/devices/{id}/missing": STAFF,
        "POST /v1/devices/{id}/ready": STAFF,
        "POST /v1/devices/{id}/check": STAFF,
        "POST /v1/devices/{id}/wiped": STAFF,
        "POST /v1/devices/{id}/retire": STAFF,
        "POST /v1/stockTakes": STAFF,
        "GET /v1/borrowers/{id}": STAFF,
        "PUT /v1/borrowers/{id}": STAFF,
        "PATCH /v1/borrowers/{id}": STAFF,
        "POST /v1/borrowers/query": STAFF,
        "POST /v1/borrowers/{id}/erase": STAFF,
        "GET /v1/requests": STAFF,
        "GET /v1/requests/{id}": STAFF,
        "PUT /v1/requests/{id}": STAFF,
        "POST /v1/requests/{id}/approve": STAFF,
        "POST /v1/requests/{id}/refuse": STAFF,
        "POST /v1/requests/{id}/cancel": STAFF,
        "GET /v1/loans": STAFF,
        "GET /v1/loans/{id}": STAFF,
        "GET /v1/loans/{id}/agreement.pdf": STAFF,
        "PUT /v1/loans/{id}": STAFF,
        "PATCH /v1/loans/{id}": COORDINATOR,
        "POST /v1/loans/{id}/handOver": STAFF,
        "POST /v1/loans/{id}/extend": STAFF,
        "POST /v1/loans/{id}/return": STAFF,
        "POST /v1/loans/{id}/check": STAFF,
        "POST /v1/loans/{id}/lost": STAFF,
        "POST /v1/loans/{id}/cancel": STAFF,
        "POST /v1/loans/{id}/notCollected": STAFF,
    },
    "notifications": {
        "GET /v1/messages": STAFF,
        "GET /v1/messages/{id}": STAFF,
        "POST /v1/messages/{id}/cancel": STAFF,
        "POST /v1/announcements": COORDINATOR,
        "POST /v1/results": STAFF,
        "GET /v1/callSheet": STAFF,
        "GET /v1/inPerson": STAFF,
        "GET /v1/unreachable": COORDINATOR,
        "GET /v1/channels": STAFF | OPS,
        "GET /v1/letters.pdf": COORDINATOR,
        "GET /v1/letterBatches": COORDINATOR,
        "POST /v1/letterBatches": COORDINATOR,
        "POST /v1/letterBatches/{id}/posted": COORDINATOR,
        "GET /v1/templates": COORDINATOR,
        "PUT /v1/templates": COORDINATOR,
        "POST /v1/templates/preview": COORDINATOR,
        "GET /v1/settings": COORDINATOR,
        "PUT /v1/settings": COORDINATOR,
        "GET /v1/reports/sms": GATEWAY,
        "POST /v1/reports/sms": GATEWAY,
    },
    "reporting": {
        "GET /v1/summary": FIGURES,
        "GET /v1/series": FIGURES,
        "GET /v1/bottlenecks": FIGURES,
        "GET /v1/referrals": FIGURES,
    },
}
"""Who may call what else; see the design's "Who may do what"."""

RULES = {service.name: OF_EVERY_SERVICE | OWN.get(service.name, {}) for service in SERVICES}

NAMED = {
    "{point}": "digipunts",
    "{borrower}": "borrowers",
    "{device}": "devices",
    "{message}": "messages",
}
"""What stands in a body for the id of a thing in Tienen."""

PEOPLE = frozenset({"GET", "PUT", "PATCH", "POST"})
PERIOD = "?from=2026-01-01&to=2026-06-30"
WORDS = {"municipality": TIENEN, "kind": "loanDueSoon", "language": "nl"}
BODIES = {
    "PUT /v1/digipunts/{id}": {"name": "BOM", "municipality": TIENEN},
    "PATCH /v1/digipunts/{id}": {"name": "Bib"},
    "POST /v1/digipunts/{id}/close": {},
    "PUT /v1/visits/{id}": {"digipunt": "{point}", "themes": ["tax"]},
    "PATCH /v1/visits/{id}": {"themes": ["apps"]},
    "POST /v1/visits/{id}/void": {"reason": "test"},
    "PUT /v1/sessions/{id}": {
        "kind": "infoSession",
        "title": "Veilig online",
        "municipality": TIENEN,
        "seats": 5,
        "startsAt": "2031-01-01T10:00:00Z",
        "endsAt": "2031-01-01T12:00:00Z",
    },
    "PATCH /v1/sessions/{id}": {"title": "Veilig op het net"},
    "POST /v1/sessions/{id}/held": {"present": 0, "registered": 0, "walkIn": 0},
    "PUT /v1/sessions/{id}/registrations/{registration}": {},
    "POST /v1/feedback": {"digipunt": "{point}", "satisfaction": 4},
    "PUT /v1/followUps/{id}": {"digipunt": "{point}", "kind": "callBack", "dueOn": "2030-01-01"},
    "POST /v1/followUps/{id}/done": {},
    "POST /v1/cards/query": {"code": "K7Q4-2M"},
    "PUT /v1/cards/{id}": {},
    "POST /v1/visits/batch": {"items": [{}]},
    "PUT /v1/devices/{id}": {"kind": "laptop", "label": "1", "digipunt": "{point}"},
    "PATCH /v1/devices/{id}": {"note": "nieuw"},
    "POST /v1/devices/{id}/move": {"digipunt": "{point}"},
    "POST /v1/devices/{id}/repair": {},
    "POST /v1/devices/{id}/missing": {},
    "POST /v1/devices/{id}/ready": {},
    "POST /v1/devices/{id}/check": {"condition": "good"},
    "POST /v1/devices/{id}/retire": {"reason": "tooOld"},
    "POST /v1/stockTakes": {"digipunt": "{point}", "scanned": []},
    "PUT /v1/borrowers/{id}": {"name": "Jan", "digipunt": "{point}"},
    "PATCH /v1/borrowers/{id}": {"name": "Piet"},
    "POST /v1/borrowers/query": {"name": "Jan"},
    "PUT /v1/requests/{id}": {"borrower": "{borrower}", "deviceKind": "laptop", "digipunt": "{point}"},
    "POST /v1/requests/{id}/approve": {"devices": ["00000000-0000-4000-8000-000000000000"]},
    "POST /v1/requests/{id}/refuse": {"reason": "other"},
    "PUT /v1/loans/{id}": {"borrower": "{borrower}", "devices": ["{device}"], "digipunt": "{point}"},
    "PATCH /v1/loans/{id}": {"dueOn": "2031-01-06"},
    "POST /v1/loans/{id}/handOver": {},
    "POST /v1/loans/{id}/extend": {},
    "POST /v1/loans/{id}/return": {},
    "POST /v1/loans/{id}/check": {"condition": "good"},
    "POST /v1/loans/{id}/lost": {},
    "POST /v1/results": {"messages": ["{message}"], "result": "told"},
    "POST /v1/announcements": {"municipality": TIENEN, "kind": "pointChanged"},
    "POST /v1/letterBatches": {"municipality": TIENEN},
    "PUT /v1/templates": WORDS | {"part": "sms", "text": "breng het terug."},
    "POST /v1/templates/preview": WORDS | {"channel": "sms"},
    "PUT /v1/settings": {"municipality": TIENEN, "phone": "016 80 56 62", "email": None},
    "POST /v1/rebuild": {"source": "nobody"},
    "POST /v1/parked/retry": {},
}

ROUTES = [
    (service.name, f"{method.upper()} {path}")
    for service in SERVICES
    for path, methods in document(service)["paths"].items()
    for method in methods
    if method.upper() in PEOPLE
]
OF_A_MUNICIPALITY = [
    (service, route)
    for service, route in ROUTES
    if RULES[service].get(route, EVERYBODY) not in (EVERYBODY, OPS, GATEWAY, STAFF | OPS)
    and "/cards" not in route
    and not route.endswith("labels.pdf")
]


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """All services on one laptop."""
    names = [each.name for each in SERVICES]
    with laptop(tmp_path_factory.mktemp("access"), *names) as place, place.running(*SERVICES) as runner:
        yield runner


@pytest.fixture(scope="module")
def town(runner: Runner) -> dict[str, str]:
    """Ids of things in Tienen, by resource."""
    ids = {
        name: str(uuid4())
        for name in (
            "digipunts",
            "visits",
            "sessions",
            "registrations",
            "followUps",
            "cards",
            "devices",
            "borrowers",
            "requests",
            "loans",
        )
    }
    coordinator = token(runner, "coordinator", TIENEN)
    for route, id in (
        ("PUT /v1/digipunts/{id}", ids["digipunts"]),
        ("PUT /v1/visits/{id}", ids["visits"]),
        ("PUT /v1/sessions/{id}", ids["sessions"]),
        ("PUT /v1/sessions/{id}/registrations/{registration}", ids["registrations"]),
        ("PUT /v1/followUps/{id}", ids["followUps"]),
        ("PUT /v1/cards/{id}", ids["cards"]),
    ):
        answer = ask(runner, "visits", route, coordinator, ids, {"id": id})
        assert answer.status_code == 201, (route, answer.text)
    for resource in ("devices", "borrowers", "requests", "loans"):
        answer = ask(runner, "loans", f"PUT /v1/{resource}/{{id}}", coordinator, ids)
        assert answer.status_code == 201, (resource, answer.text)

    def message() -> str | None:
        answer = ask(runner, "notifications", "GET /v1/messages", coordinator, ids)
        return next((item["id"] for item in answer.json()["items"]), None)

    # The follow-up is a call to make, so notifications has a message for it.
    return ids | {"messages": wait_until(message, "the message about the follow-up", 20)}


def token(runner: Runner, role: str, municipality: str, digipunts: tuple[str, ...] = ()) -> str:
    return issue(runner.settings, role, [municipality], digipunts)


def ask(
    runner: Runner,
    service: str,
    route: str,
    bearer: str | None,
    ids: dict[str, str],
    more: dict[str, str] | None = None,
) -> httpx.Response:
    """One request of `route`; its path and body speak of the things in `ids`."""
    method, path = route.split()
    resource = path.split("/")[2] if path.count("/") > 1 else ""
    values = {"id": ids.get(resource, str(uuid4())), "registration": ids["registrations"], "list": "theme"}
    values |= more or {} if resource != "sessions" or "registration}" not in path else {}
    url = f"{runner.address}/{service}{path.format(**values)}"
    if service == "reporting" and path in ("/v1/summary", "/v1/series", "/v1/bottlenecks", "/v1/referrals"):
        url += f"{PERIOD}&municipality={TIENEN}"
    if route in ("GET /v1/templates", "GET /v1/settings"):
        url += f"?municipality={TIENEN}"
    body = BODIES.get(route)
    if body is not None:
        text = json.dumps(body)
        for name, thing in NAMED.items():
            text = text.replace(name, ids.get(thing, ""))
        body = json.loads(text)
    headers = {"If-Match": '"1"'} if method == "PATCH" else {}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    return httpx.request(method, url, json=body, headers=headers)


def test_every_route_has_a_rule():
    """No route is open by accident, and no rule is about a route that is gone."""
    assert sorted(ROUTES) == sorted((service, route) for service, rules in RULES.items() for route in rules)


def test_the_description_tells_the_rules():
    """The roles in OpenAPI are those of the rules."""
    for service in SERVICES:
        for path, methods in document(service)["paths"].items():
            for method, operation in methods.items():
                rule = RULES[service.name][f"{method.upper()} {path}"]
                told = frozenset(operation.get("x-roles", EVERYBODY))
                assert told == (EVERYBODY if rule == GATEWAY else rule), (service.name, method, path)


@pytest.mark.parametrize(("service", "route"), ROUTES)
def test_only_these_roles(runner, town, service, route):
    """Without a token 401, with another role 403; a role of the rule gets past both."""
    rule = RULES[service][route]
    nobody = ask(runner, service, route, None, town)
    forged = ask(runner, service, route, token(runner, "coordinator", TIENEN)[:-4] + "AAAA", town)
    if rule == EVERYBODY:
        assert (nobody.status_code, forged.status_code) == (200, 200)
        return
    assert (nobody.status_code, forged.status_code) == (401, 401)
    if rule == GATEWAY:
        return
    for role in sorted(ROLES - rule):
        assert ask(runner, service, route, token(runner, role, TIENEN), town).status_code == 403, role


@pytest.mark.parametrize(("service", "route"), OF_A_MUNICIPALITY)
def test_another_municipality_is_not_there(runner, town, service, route):
    """What belongs to Tienen is 404 for the roles of another municipality, and in none of their lists."""
    rule = RULES[service][route]
    for role in sorted(rule):
        bearer = token(runner, role, ELSEWHERE, (str(uuid4()),))
        answer = ask(runner, service, route, bearer, town)
        if route == "POST /v1/visits/batch":
            assert [item["status"] for item in answer.json()["items"]] == [400]
        elif service != "reporting" and answer.status_code == 200:
            assert answer.json()["items"] == [], route
        elif route in ("PUT /v1/digipunts/{id}", "PUT /v1/sessions/{id}"):
            assert answer.status_code in (403, 404), answer.text
        else:
            assert answer.status_code == 404, (role, answer.text)


def test_nobody_changed_anything(runner, town):
    """After all those refusals the visit is as it was."""
    coordinator = token(runner, "coordinator", TIENEN)
    answer = ask(runner, "visits", "GET /v1/visits/{id}", coordinator, town)
    assert answer.json()["version"] == 1
