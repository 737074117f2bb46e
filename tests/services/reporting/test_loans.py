"""Lending in the figures, held against a count by hand: what went out, came back, was lost or is late."""

from datetime import date
from uuid import uuid5

import pytest
from openapi_schema_validator import OAS30ReadValidator

from chassis.http.openapi import document
from services.reporting.service import ReportingService
from tests.services.reporting.ledger import LANDEN, POINTS, SPACE, TIENEN, Journal

BOM, BIB, RECUPKE = POINTS
HALF_YEAR = date(2026, 1, 1), date(2026, 6, 30)


def id_of(name):
    return str(uuid5(SPACE, name))


class Lending(Journal):
    """A journal of loans."""

    service = "loans"

    def device(self, name, kind, point=BOM, what="added", **more):
        device = {
            "id": id_of(name),
            "kind": kind,
            "digipunt": point,
            "municipality": POINTS[point],
            "condition": "good",
            "state": "available",
            "addedOn": "2026-01-01",
        }
        self.append("devices", what, id_of(name), {"device": device | more})

    def loan(self, name, devices, handed_over, due, point=BOM):
        loan = {
            "id": id_of(name),
            "borrower": id_of("somebody"),
            "devices": [id_of(device) for device in devices],
            "deviceKinds": list(devices.values()),
            "digipunt": point,
            "municipality": POINTS[point],
            "handedOverOn": handed_over,
            "dueOn": due,
            "state": "handedOver",
        }
        self.append("loans", "handedOver", loan["id"], {"loan": loan})
        return loan

    def ended(self, what, loan, device, kind, day):
        days = (date.fromisoformat(day) - date.fromisoformat(loan["handedOverOn"])).days
        back = {"device": id_of(device), "deviceKind": kind, "day": day, "days": days}
        self.append("loans", what, loan["id"], {"loan": loan, "back": [back]})


@pytest.fixture
def lending():
    """Three laptops and a hotspot: two loans in Tienen and one in Landen."""
    ledger = Lending()
    for name in ("l1", "l2"):
        ledger.device(name, "laptop")
    ledger.device("h1", "hotspot")
    ledger.device("l3", "laptop", RECUPKE)
    # Comes back in parts: the hotspot first, the laptop late.
    both = ledger.loan("both", {"l1": "laptop", "h1": "hotspot"}, "2026-03-01", "2026-03-29")
    ledger.ended("returned", both, "h1", "hotspot", "2026-03-11")
    extended = both | {"dueOn": "2026-04-30"}
    ledger.append("loans", "dueDateChanged", both["id"], {"loan": extended, "previouslyDueOn": "2026-03-29"})
    late = ledger.loan("late", {"l2": "laptop"}, "2026-06-01", "2026-06-20")
    overdue = {"loan": late, "step": 2, "overdueDays": 7}
    ledger.append("loans", "overdue", late["id"], overdue)
    gone = ledger.loan("gone", {"l3": "laptop"}, "2026-05-01", "2026-05-29", RECUPKE)
    ledger.ended("lost", gone, "l3", "laptop", "2026-05-31")
    ledger.device(
        "l3", "laptop", RECUPKE, "retired", state="retired", retiredOn="2026-06-01", retireReason="lost"
    )
    ledger.append("borrowers", "erased", id_of("somebody"), {"borrower": id_of("somebody")})
    request = {
        "id": id_of("request"),
        "borrower": id_of("somebody"),
        "deviceKind": "laptop",
        "digipunt": BOM,
        "municipality": TIENEN,
        "requestedOn": "2026-02-01",
    }
    ledger.append("requests", "made", request["id"], {"request": request})
    ledger.append("requests", "refused", request["id"], {"request": request | {"reason": "noDevice"}})
    return ledger


def apply(read_models, events, cuts=()):
    read_models.begin_again()
    for first, last in zip([0, *cuts], [*cuts, len(events)], strict=True):
        if first < last:
            read_models.apply_loans(events[first:last])


def test_lending_is_counted_in_devices(read_models, lending):
    """What went out, came back, was lost, is out and is late, with the days on loan and how much devices are used."""
    apply(read_models, lending.events)
    loans = read_models.summary(*HALF_YEAR, municipality=[TIENEN])["loans"]
    # Laptop 1 is out for 122 days (1 March to 30 June), laptop 2 for 30, the hotspot was for 10; 3 × 181 days owned.
    assert {name: value for name, value in loans.items() if name not in ("kinds", "digipunts")} == {
        "loans": 2,
        "handedOver": 3,
        "returned": 1,
        "lost": 0,
        "out": 2,
        "overdue": 2,
        "daysOnLoan": 122 + 30 + 10,
        "meanDays": 10.0,
        "devices": 3,
        "use": round(162 / (3 * 181), 4),
        "requests": {"made": 1, "waiting": 0, "refused": 1},
    }
    kinds = {each["code"]: each for each in loans["kinds"]}
    assert (kinds["hotspot"]["handedOver"], kinds["hotspot"]["out"], kinds["laptop"]["out"]) == (1, 0, 2)
    [place] = loans["digipunts"]
    assert (place["id"], place["handedOver"]) == (BOM, 3)


def test_a_request_counts_once_however_far_it_is(read_models, lending):
    """Asked for and approved it waits; once it is fulfilled it does not, whether or not its events tell the state."""
    apply(read_models, lending.events)
    request = {
        "id": id_of("tablet"),
        "borrower": id_of("somebody"),
        "deviceKind": "tablet",
        "digipunt": BOM,
        "municipality": TIENEN,
        "requestedOn": "2026-03-01",
    }
    counted = []
    for what in ("made", "approved", "fulfilled"):
        lending.append("requests", what, request["id"], {"request": request})
        read_models.apply_loans(lending.events[-1:])
        counted.append(read_models.summary(*HALF_YEAR, municipality=[TIENEN])["loans"]["requests"])
    assert counted == [
        {"made": 2, "waiting": 1, "refused": 1},
        {"made": 2, "waiting": 1, "refused": 1},
        {"made": 2, "waiting": 0, "refused": 1},
    ]


def test_a_lost_device_and_another_municipality_count_on_their_own(read_models, lending):
    """What was lost does not count as returned; it is no longer owned, and its days on loan stay."""
    apply(read_models, lending.events)
    loans = read_models.summary(*HALF_YEAR, municipality=[LANDEN])["loans"]
    assert (loans["lost"], loans["returned"], loans["out"], loans["devices"]) == (1, 0, 0, 0)
    assert (loans["daysOnLoan"], loans["meanDays"]) == (30, None)
    assert loans["use"] == round(30 / 151, 4)


def test_a_period_knows_what_was_out_at_its_end(read_models, lending):
    """In March the laptop was out and the hotspot came back; an extension takes back that it was late."""
    apply(read_models, lending.events)
    march = read_models.summary(date(2026, 3, 1), date(2026, 3, 31), municipality=[TIENEN])["loans"]
    assert (march["out"], march["overdue"], march["returned"], march["daysOnLoan"]) == (1, 0, 1, 31 + 10)
    later = read_models.summary(date(2026, 7, 1), date(2026, 12, 31), municipality=[TIENEN])["loans"]
    assert (later["daysOnLoan"], later["use"]) == (0, None)


def test_what_comes_out_does_not_depend_on_the_batches(read_models, lending):
    """Cut anywhere, or all at once, the same rows are there."""
    apply(read_models, lending.events)
    expected = read_models.rows()
    for cuts in ([3], [5, 7], list(range(1, len(lending.events)))):
        apply(read_models, lending.events, cuts)
        assert read_models.rows() == expected


def test_figures_without_loans_say_so(region):
    """Where the loans service was never there, lending has no figures, and the answer is as described."""
    figures = region.client("coordinator", [TIENEN]).summary("2026-01-01", "2026-06-30")
    assert figures["loans"] is None
    assert figures["asOf"]["loans"] == {"position": 0, "time": None}
    description = document(ReportingService)
    content = description["paths"]["/v1/summary"]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"] | {"components": description["components"]}
    OAS30ReadValidator(schema).validate(figures)
