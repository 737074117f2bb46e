"""Every route, every role, own and other municipality. A new route without a rule here fails the test."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

import services
from chassis.http.auth import ROLES
from chassis.http.openapi import document
from chassis.run import Runner
from tests.services.access_requests import ELSEWHERE, NAME, NEEDED, TIENEN, ask, fill, period_of, token
from tests.support.running import laptop

SERVICES = services.load()

EVERYBODY = frozenset({"nobody"})
STAFF = frozenset({"helper", "coordinator"})
DESK = STAFF | {"desk"}
COORDINATOR = frozenset({"coordinator"})
FIGURES = frozenset({"coordinator", "policy"})
OPS = frozenset({"ops"})
GATEWAY = frozenset({"gateway"})
"""Needs no token, but the proof that the SMS gateway's file asks for."""
SECRET = frozenset({"secret"})
"""Needs no token, but a code or a secret in the body, from which it makes one."""
TICKET = frozenset({"ticket"})
"""Needs no token, because the address itself is one."""

OF_EVERY_SERVICE = {
    "GET /health": EVERYBODY,
    "GET /health/live": EVERYBODY,
    "GET /health/ready": EVERYBODY,
    "GET /metrics": EVERYBODY,
    "GET /doc": EVERYBODY,
    "GET /doc/openapi.yaml": EVERYBODY,
    "GET /v1/me": ROLES,
    "GET /v1/refData": EVERYBODY,
    "GET /v1/refData/{list}": EVERYBODY,
    "GET /v1/status": OPS,
    "GET /v1/parked": OPS,
    "POST /v1/parked/retry": OPS,
    "POST /v1/parked/{id}/drop": OPS,
    "POST /v1/rebuild": OPS,
    "GET /v1/events": OPS,
    "GET /v1/tickets/{ticket}": TICKET,
    "GET /v1/trail": COORDINATOR,
    "GET /v1/trail/check": COORDINATOR,
}
OF_WHO_KEEPS_PERSONS = {
    "GET /v1/retention": COORDINATOR,
    "POST /v1/persons/{id}/export": COORDINATOR,
    "GET /v1/persons/{id}/erasure": COORDINATOR,
}
OF_WHO_OWNS_PERSONS = OF_WHO_KEEPS_PERSONS | {"POST /v1/persons/{id}/erase": COORDINATOR}
OWN = {
    "visits": OF_WHO_KEEPS_PERSONS
    | {
        "GET /v1/sessions.ics": EVERYBODY,
        "GET /v1/digipunts": DESK | {"policy"},
        "GET /v1/digipunts/{id}": DESK | {"policy"},
        "PUT /v1/digipunts/{id}": COORDINATOR,
        "PATCH /v1/digipunts/{id}": COORDINATOR,
        "POST /v1/digipunts/{id}/close": COORDINATOR,
        "POST /v1/digipunts/{id}/reopen": COORDINATOR,
        "GET /v1/visits": DESK,
        "GET /v1/visits/{id}": DESK,
        "PUT /v1/visits/{id}": DESK,
        "PATCH /v1/visits/{id}": DESK,
        "POST /v1/visits/{id}/void": DESK,
        "POST /v1/visits/batch": DESK,
        "GET /v1/referrals": STAFF,
        "GET /v1/cards/{id}": STAFF,
        "PUT /v1/cards/{id}": DESK,
        "POST /v1/cards/{id}/retire": STAFF,
        "POST /v1/cards/query": DESK,
        "GET /v1/sessions": DESK,
        "GET /v1/sessions/{id}": DESK,
        "PUT /v1/sessions/{id}": COORDINATOR,
        "PATCH /v1/sessions/{id}": COORDINATOR,
        "POST /v1/sessions/{id}/cancel": COORDINATOR,
        "POST /v1/sessions/{id}/held": DESK,
        "GET /v1/sessions/{id}/registrations": STAFF,
        "PUT /v1/sessions/{id}/registrations/{registration}": STAFF,
        "POST /v1/sessions/{id}/registrations/{registration}/cancel": STAFF,
        "GET /v1/feedback": COORDINATOR,
        "POST /v1/feedback": DESK,
        "GET /v1/followUps": STAFF,
        "GET /v1/followUps/{id}": STAFF,
        "PUT /v1/followUps/{id}": STAFF,
        "POST /v1/followUps/{id}/done": STAFF,
    },
    "loans": OF_WHO_OWNS_PERSONS
    | {
        "GET /v1/devices": DESK,
        "GET /v1/devices/labels.pdf": STAFF,
        "POST /v1/devices/labels.pdf/ticket": STAFF,
        "GET /v1/devices/{id}": DESK,
        "GET /v1/devices/{id}/history": STAFF,
        "PUT /v1/devices/{id}": COORDINATOR,
        "PATCH /v1/devices/{id}": COORDINATOR,
        "POST /v1/devices/{id}/move": COORDINATOR,
        "POST /v1/devices/{id}/repair": STAFF,
        "POST /v1/devices/{id}/missing": STAFF,
        "POST /v1/devices/{id}/ready": STAFF,
        "POST /v1/devices/{id}/check": DESK,
        "POST /v1/devices/{id}/wiped": DESK,
        "POST /v1/devices/{id}/retire": COORDINATOR,
        "GET /v1/today": DESK,
        "POST /v1/stockTakes": COORDINATOR,
        "GET /v1/borrowers/{id}": STAFF,
        "PUT /v1/borrowers/{id}": STAFF,
        "PATCH /v1/borrowers/{id}": STAFF,
        "POST /v1/borrowers/query": STAFF,
        "POST /v1/borrowers/{id}/erase": COORDINATOR,
        "GET /v1/requests": STAFF,
        "GET /v1/requests/{id}": STAFF,
        "PUT /v1/requests/{id}": STAFF,
        "POST /v1/requests/{id}/approve": STAFF,
        "POST /v1/requests/{id}/refuse": STAFF,
        "POST /v1/requests/{id}/cancel": STAFF,
        "GET /v1/loans": STAFF,
        "GET /v1/loans/{id}": STAFF,
        "GET /v1/loans/{id}/agreement.pdf": STAFF,
        "POST /v1/loans/{id}/agreement.pdf/ticket": STAFF,
        "GET /v1/loans/{id}/extensions": STAFF,
        "GET /v1/loans/{id}/extensions/{page}": STAFF,
        "POST /v1/loans/{id}/extensions/{page}/ticket": STAFF,
        "PUT /v1/loans/{id}": STAFF,
        "PATCH /v1/loans/{id}": COORDINATOR,
        "POST /v1/loans/{id}/handOver": STAFF,
        "POST /v1/loans/{id}/extend": STAFF,
        "POST /v1/loans/{id}/return": DESK,
        "POST /v1/loans/{id}/check": DESK,
        "POST /v1/loans/{id}/lost": STAFF,
        "POST /v1/loans/{id}/cancel": STAFF,
        "POST /v1/loans/{id}/notCollected": STAFF,
    },
    "notifications": OF_WHO_OWNS_PERSONS
    | {
        "GET /v1/messages": STAFF,
        "GET /v1/messages/{id}": STAFF,
        "POST /v1/messages/{id}/cancel": STAFF,
        "POST /v1/announcements": COORDINATOR,
        "POST /v1/results": STAFF,
        "GET /v1/contacts": STAFF,
        "GET /v1/contacts/{id}": STAFF,
        "PUT /v1/contacts/{id}": STAFF,
        "DELETE /v1/contacts/{id}": STAFF,
        "GET /v1/readers": COORDINATOR,
        "GET /v1/readers/{id}": COORDINATOR,
        "PUT /v1/readers/{id}": COORDINATOR,
        "DELETE /v1/readers/{id}": COORDINATOR,
        "GET /v1/callSheet": STAFF,
        "POST /v1/callSheet/claims": STAFF,
        "DELETE /v1/callSheet/claims/{id}": STAFF,
        "GET /v1/inPerson": STAFF,
        "GET /v1/unreachable": COORDINATOR,
        "GET /v1/channels": STAFF | OPS,
        "GET /v1/letters.pdf": COORDINATOR,
        "POST /v1/letters.pdf/ticket": COORDINATOR,
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
        "GET /v1/reach": FIGURES,
        "GET /v1/query": FIGURES,
        "GET /v1/series": FIGURES,
        "GET /v1/bottlenecks": FIGURES,
        "GET /v1/referrals": FIGURES,
        "GET /v1/charts/contacts.svg": FIGURES,
        "GET /v1/charts/reach.svg": FIGURES,
        "GET /v1/charts/bottleneck.svg": FIGURES,
        "GET /v1/reports/halfYear.pdf": FIGURES,
        "GET /v1/reports/halfYear.xlsx": FIGURES,
        "GET /v1/reports/halfYear.csv": FIGURES,
        "GET /v1/reports/year.pdf": FIGURES,
        "GET /v1/reports/year.xlsx": FIGURES,
        "GET /v1/reports/year.csv": FIGURES,
        "POST /v1/reports": FIGURES,
        "GET /v1/reports/{id}": FIGURES,
        "GET /v1/reports/{id}/report.pdf": FIGURES,
        "POST /v1/reports/{id}/report.pdf/ticket": FIGURES,
        "GET /v1/reports/{id}/report.xlsx": FIGURES,
        "POST /v1/reports/{id}/report.xlsx/ticket": FIGURES,
        "GET /v1/reports/{id}/report.csv": FIGURES,
        "POST /v1/reports/{id}/report.csv/ticket": FIGURES,
        "GET /v1/charts/target.svg": FIGURES,
        "GET /v1/bottlenecks/sheet.pdf": FIGURES,
        "GET /v1/bottlenecks/sheet.xlsx": FIGURES,
        "POST /v1/bottlenecks/sheet.pdf/ticket": FIGURES,
        "POST /v1/bottlenecks/sheet.xlsx/ticket": FIGURES,
        "GET /v1/targets": FIGURES,
        "GET /v1/targets/{id}": FIGURES,
        "PUT /v1/targets/{id}": COORDINATOR,
        "DELETE /v1/targets/{id}": COORDINATOR,
    },
    "desk": OF_WHO_OWNS_PERSONS
    | {
        "GET /v1/about": EVERYBODY,
        "POST /v1/signIns": SECRET,
        "POST /v1/pairings": COORDINATOR,
        "POST /v1/laptops": SECRET,
        "POST /v1/laptops/{id}/token": SECRET,
        "GET /v1/laptops": COORDINATOR,
        "GET /v1/laptops/{id}": COORDINATOR,
        "PATCH /v1/laptops/{id}": COORDINATOR,
        "DELETE /v1/laptops/{id}": COORDINATOR,
        "PUT /v1/laptops/{id}/heartbeat": frozenset({"desk", "helper"}),
        "GET /v1/helpers": DESK,
        "PUT /v1/helpers/{id}": COORDINATOR,
        "DELETE /v1/helpers/{id}": COORDINATOR,
        "POST /v1/helpers/{id}/pin": STAFF,
        "POST /v1/sessions": frozenset({"desk"}),
        "POST /v1/sessions/renew": frozenset({"helper"}),
        "DELETE /v1/sessions/current": STAFF | {"policy", "ops"},
    },
}
"""Who may call what else; see the design's "Who may do what"."""

RULES = {service.name: OF_EVERY_SERVICE | OWN.get(service.name, {}) for service in SERVICES}

ROUTES = [
    (service.name, f"{method.upper()} {path}")
    for service in SERVICES
    for path, methods in document(service)["paths"].items()
    for method in methods
    if method.upper() in {"GET", "PUT", "PATCH", "POST", "DELETE"}
]
OF_A_MUNICIPALITY = [
    (service, route)
    for service, route in ROUTES
    if RULES[service].get(route, EVERYBODY)
    not in (EVERYBODY, ROLES, OPS, GATEWAY, SECRET, TICKET, STAFF | OPS)
    and "/cards" not in route
    # Whether the one chain of a service is whole, and how much has to go: counts, and nothing of what is in it.
    and route not in ("GET /v1/trail/check", "GET /v1/retention")
    # Of the caller's own sign-in, which is nobody else's anywhere.
    and route not in ("POST /v1/sessions/renew", "DELETE /v1/sessions/current")
    # What a ticket for letters opens is what the caller may see of them.
    and not route.endswith(("labels.pdf", "labels.pdf/ticket", "letters.pdf/ticket"))
]

OF_THE_WHOLE_MUNICIPALITY = frozenset(
    {"GET /v1/digipunts", "GET /v1/digipunts/{id}", "GET /v1/devices", "GET /v1/devices/{id}"}
)
"""What a desk and a helper see of other digipunten too: where they are, and what they have to lend. No person is in it."""


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """All services on one laptop."""
    names = [each.name for each in SERVICES]
    with laptop(tmp_path_factory.mktemp("access"), *names) as place, place.running(*SERVICES) as runner:
        yield runner


@pytest.fixture(scope="module")
def town(runner: Runner) -> dict[str, str]:
    """Ids of things at one digipunt in Tienen, by resource, and the id of another digipunt there."""
    ids = fill(runner)
    other = {**ids, "digipunts": str(uuid4())}
    answer = ask(runner, "visits", "PUT /v1/digipunts/{id}", token(runner, "coordinator", TIENEN), other)
    assert answer.status_code == 201, answer.text
    return ids | {"other digipunt": other["digipunts"]}


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
                assert told == (EVERYBODY if rule in (GATEWAY, SECRET, TICKET) else rule), (
                    service.name,
                    method,
                    path,
                )


@pytest.mark.parametrize(("service", "route"), ROUTES)
def test_only_these_roles(runner, town, service, route):
    """Without a token 401, with another role 403; a role of the rule gets past both."""
    rule = RULES[service][route]
    nobody = ask(runner, service, route, None, town)
    forged = ask(runner, service, route, token(runner, "coordinator", TIENEN)[:-4] + "AAAA", town)
    if rule == EVERYBODY:
        assert (nobody.status_code, forged.status_code) == (200, 200)
        return
    if rule == TICKET:
        assert (nobody.status_code, forged.status_code) == (404, 404)
        return
    assert (nobody.status_code, forged.status_code) == (401, 401)
    if rule in (GATEWAY, SECRET):
        return
    for role in sorted(ROLES - rule):
        assert ask(runner, service, route, token(runner, role, TIENEN), town).status_code == 403, role


@pytest.mark.parametrize(("service", "route"), OF_A_MUNICIPALITY)
def test_another_municipality_is_not_there(runner, town, service, route):
    """What belongs to Tienen is 404 for the roles of another municipality, and in none of their lists."""
    for role in sorted(RULES[service][route]):
        bearer = token(runner, role, ELSEWHERE, (str(uuid4()),))
        answer = ask(runner, service, route, bearer, town)
        assert NAME not in answer.text
        if route == "POST /v1/visits/batch":
            assert [item["status"] for item in answer.json()["items"]] == [404]
        elif answer.status_code == 200:
            assert answer.json()["items"] == [], route
        elif route in ("PUT /v1/digipunts/{id}", "PUT /v1/sessions/{id}", "PUT /v1/targets/{id}"):
            assert answer.status_code in (403, 404), answer.text
        else:
            assert answer.status_code == 404, (role, answer.text)


@pytest.mark.case("security M1", "security M2")
@pytest.mark.parametrize(
    ("service", "route", "role"),
    [
        (service, route, role)
        for service, route in OF_A_MUNICIPALITY
        for role in sorted(RULES[service][route] & {"desk", "helper"})
    ],
)
def test_another_digipunt_of_the_municipality_is_not_for_its_helpers(runner, town, service, route, role):
    """A desk and a helper reach their own digipunten: the rest of the municipality is 403, and in none of their lists."""
    answer = ask(runner, service, route, token(runner, role, TIENEN, (town["other digipunt"],)), town)
    assert NAME not in answer.text
    if route in OF_THE_WHOLE_MUNICIPALITY:
        assert answer.status_code == 200, answer.text
    elif route == "POST /v1/visits/batch":
        assert [item["status"] for item in answer.json()["items"]] == [403]
    elif answer.status_code == 200:
        assert (answer.json()["items"], answer.json()["total"]) == ([], 0), route
    else:
        assert answer.status_code == 403, (role, answer.text)


WITH_MUNICIPALITY = [
    (service.name, path)
    for service in SERVICES
    for path, methods in document(service)["paths"].items()
    for operation in [methods.get("get", {})]
    if operation.get("x-roles") and "municipality" in {each.get("name") for each in operation["parameters"]}
]


@pytest.mark.case("use 15")
@pytest.mark.parametrize(("service", "path"), WITH_MUNICIPALITY)
def test_another_municipality_in_a_query_is_not_found(runner, town, service, path):
    """In every service alike, whatever else is asked: an empty list would say that nothing happened there."""
    rule = RULES[service][f"GET {path}"]
    more = f"{period_of(path)}&" if service == "reporting" else "?"
    for role in sorted(rule & {"desk", "helper", "coordinator", "policy"}):
        bearer = token(runner, role, TIENEN, (town["digipunts"],))
        url = f"{runner.address}/{service}{path}{more}municipality={ELSEWHERE}{NEEDED.get(path, '')}"
        answer = httpx.get(url, headers={"Authorization": f"Bearer {bearer}", "Accept-Language": "nl"})
        assert (answer.status_code, answer.json()["code"]) == (404, "municipalityNotFound"), role
        assert answer.json()["detail"] == "We vinden deze gemeente niet bij jou."


def test_nobody_changed_anything(runner, town):
    """After all those refusals the visit is as it was."""
    coordinator = token(runner, "coordinator", TIENEN)
    answer = ask(runner, "visits", "GET /v1/visits/{id}", coordinator, town)
    assert answer.json()["version"] == 1
