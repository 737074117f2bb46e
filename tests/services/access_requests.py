"""One request of each route, about the things of one digipunt in Tienen."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import httpx
import sqlalchemy as sa

from chassis.http.auth import issue
from chassis.run import Runner
from services.notifications.tables import call_claims
from tests.support.processes import wait_until

TIENEN, ELSEWHERE = "24107", "24130"
NAME = "Zonneschijn"
"""The borrower's, which nobody else may read."""

NAMED = {
    "{point}": "digipunts",
    "{borrower}": "borrowers",
    "{device}": "devices",
    "{message}": "messages",
    "{contact}": "contacts",
    "{helper}": "helpers",
}
"""What stands in a body for the id of a thing in Tienen."""

PERSONS = {"visits": "contacts", "loans": "borrowers", "notifications": "contacts", "desk": "helpers"}
"""Whose rights are asked for in each service."""

NEEDED = {"/v1/charts/bottleneck.svg": "&service=itsme", "/v1/query": "&by=theme"}
"""What a query needs beside its period."""
PERIOD = "?from=2026-01-01&to=2026-06-30"
REPORTS = {
    f"/v1/reports/{kind}.{form}": query
    for kind, query in (("halfYear", "?year=2026&half=1"), ("year", "?year=2026"))
    for form in ("pdf", "xlsx", "csv")
} | {
    f"/v1/bottlenecks/sheet.{form}{ticket}": "?month=2026-03"
    for form in ("pdf", "xlsx")
    for ticket in ("", "/ticket")
}
"""Routes of which the period is a month, a half-year or a year."""
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
        "digipunt": "{point}",
        "seats": 5,
        "startsAt": "2031-01-01T10:00:00Z",
        "endsAt": "2031-01-01T12:00:00Z",
    },
    "PATCH /v1/sessions/{id}": {"title": "Veilig op het net"},
    "POST /v1/sessions/{id}/held": {"present": 0, "registered": 0, "walkIn": 0},
    "PUT /v1/sessions/{id}/registrations/{registration}": {},
    "POST /v1/feedback": {"digipunt": "{point}", "satisfaction": 4},
    "PUT /v1/followUps/{id}": {
        "digipunt": "{point}",
        "kind": "callBack",
        "dueOn": "2030-01-01",
        "contact": "{contact}",
    },
    "PUT /v1/contacts/{id}": {"name": NAME, "digipunt": "{point}", "municipality": TIENEN},
    "PUT /v1/readers/{id}": {"municipality": TIENEN, "name": NAME, "email": "lezer@example.be"},
    "POST /v1/callSheet/claims": {"messages": ["{message}"]},
    "POST /v1/followUps/{id}/done": {},
    "POST /v1/cards/query": {"code": "K7Q4-2M"},
    "PUT /v1/cards/{id}": {},
    "POST /v1/visits/batch": {
        "items": [{"id": "01970000-0000-7000-8000-00000000000b", "digipunt": "{point}", "themes": ["tax"]}]
    },
    "PUT /v1/devices/{id}": {"kind": "laptop", "label": "1", "digipunt": "{point}"},
    "PATCH /v1/devices/{id}": {"note": "nieuw"},
    "POST /v1/devices/{id}/move": {"digipunt": "{point}"},
    "POST /v1/devices/{id}/repair": {},
    "POST /v1/devices/{id}/missing": {},
    "POST /v1/devices/{id}/ready": {},
    "POST /v1/devices/{id}/check": {"condition": "good"},
    "POST /v1/devices/{id}/retire": {"reason": "tooOld"},
    "POST /v1/stockTakes": {"digipunt": "{point}", "scanned": []},
    "PUT /v1/borrowers/{id}": {"name": NAME, "digipunt": "{point}"},
    "PATCH /v1/borrowers/{id}": {"name": "Piet"},
    "POST /v1/borrowers/query": {"name": NAME},
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
    "PUT /v1/targets/{id}": {
        "name": "Subsidie",
        "measure": "contacts",
        "from": "2025-01-01",
        "to": "2026-07-31",
        "municipalities": [TIENEN],
        "steps": [1000],
    },
    "POST /v1/signIns": {"code": "none"},
    "POST /v1/pairings": {"digipunt": "{point}"},
    "POST /v1/laptops": {"code": "000000", "name": "laptop 1"},
    "POST /v1/laptops/{id}/token": {"secret": "none"},
    "PATCH /v1/laptops/{id}": {"name": "laptop 2"},
    "PUT /v1/laptops/{id}/heartbeat": {"waiting": 0, "parked": 0, "version": "0.1.0"},
    "PUT /v1/helpers/{id}": {"name": NAME, "digipunts": ["{point}"]},
    "POST /v1/helpers/{id}/pin": {"pin": "2468"},
    "POST /v1/sessions": {"helper": "{helper}", "pin": "2468"},
    "POST /v1/reports": {"kind": "year", "year": 2026, "municipalities": [TIENEN]},
    "POST /v1/persons/{id}/export": {},
    "POST /v1/persons/{id}/erase": {},
    "POST /v1/rebuild": {"source": "nobody"},
    "POST /v1/parked/retry": {},
    "POST /v1/parked/{id}/drop": {"reason": "a test"},
}


def period_of(path: str) -> str:
    """The days that a query of this route of the figures is about."""
    return REPORTS.get(path, PERIOD)


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
    if resource == "persons":
        resource = PERSONS[service]
    values = {"id": ids.get(resource, str(uuid4())), "registration": ids["registrations"], "list": "theme"}
    values |= {"ticket": "none", "page": "1.pdf"}
    values |= more or {} if resource != "sessions" or "registration}" not in path else {}
    url = f"{runner.address}/{service}{path.format(**values)}"
    if service == "reporting" and path in (
        "/v1/summary",
        "/v1/reach",
        "/v1/query",
        "/v1/series",
        "/v1/bottlenecks",
        "/v1/referrals",
        "/v1/charts/contacts.svg",
        "/v1/charts/reach.svg",
        "/v1/charts/bottleneck.svg",
        *REPORTS,
    ):
        url += f"{period_of(path)}&municipality={TIENEN}"
    url += NEEDED.get(path, "")
    if path == "/v1/charts/target.svg":
        url += f"?target={ids['targets']}"
    if route in ("GET /v1/templates", "GET /v1/settings"):
        url += f"?municipality={TIENEN}"
    if route == "GET /v1/today":
        url += f"?digipunt={ids['digipunts']}"
    body = BODIES.get(route)
    if body is not None:
        text = json.dumps(body)
        for name, thing in NAMED.items():
            text = text.replace(name, ids.get(thing, ""))
        body = json.loads(text)
    headers = {"If-Match": '"1"'} if method == "PATCH" else {}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    return httpx.request(method, url, json=body, headers=headers, timeout=60)


def fill(runner: Runner) -> dict[str, str]:
    """Make one of each thing, all at one digipunt in Tienen; their ids by resource."""
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
            "contacts",
            "readers",
            "callSheet",
            "helpers",
            "targets",
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
    for resource in ("contacts", "readers"):
        answer = ask(runner, "notifications", f"PUT /v1/{resource}/{{id}}", coordinator, ids)
        assert answer.status_code == 201, (resource, answer.text)
    for resource in ("devices", "borrowers", "requests", "loans"):
        answer = ask(runner, "loans", f"PUT /v1/{resource}/{{id}}", coordinator, ids)
        assert answer.status_code == 201, (resource, answer.text)
    answer = ask(runner, "desk", "PUT /v1/helpers/{id}", coordinator, ids)
    assert answer.status_code == 201, answer.text
    answer = ask(runner, "reporting", "PUT /v1/targets/{id}", coordinator, ids)
    assert answer.status_code == 201, answer.text
    code = ask(runner, "desk", "POST /v1/pairings", coordinator, ids).json()["code"]
    paired = httpx.post(f"{runner.address}/desk/v1/laptops", json={"code": code, "name": "laptop 1"})
    assert paired.status_code == 201, paired.text
    ids["laptops"] = paired.json()["id"]

    def message() -> str | None:
        answer = ask(runner, "notifications", "GET /v1/messages", coordinator, ids)
        return next((item["id"] for item in answer.json()["items"]), None)

    # The follow-up is a call to make, so notifications has a message for it.
    ids["messages"] = wait_until(message, "the message about the follow-up")
    with runner.applications["notifications"].unit_of_work() as uow:
        # Somebody calls about it just now, though it is years before its day.
        until = uow.clock.now() + timedelta(hours=1)
        call = {"message": ids["messages"], "claim": ids["callSheet"], "claimed_by": "x", "until": until}
        uow.connection.execute(sa.insert(call_claims).values(call))
    return ids
