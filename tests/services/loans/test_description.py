"""What the service answers is what its OpenAPI description says, whatever is sent."""

import hypothesis
import pytest
import schemathesis
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from chassis.broker import memory
from chassis.http.auth import issue
from chassis.http.openapi import document
from services.loans.service import LoansService
from tests.services.loans.api import TIENEN, new_id
from tests.services.loans.conftest import started

DOCUMENT = document(LoansService)


def test_the_description_is_valid():
    """The description is OpenAPI."""
    validate(DOCUMENT)


def cases():
    """Each route of lending, with input as described and, where it takes any, with input that is not."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            # A PDF takes a second; test_documents.py prints some.
            if operation.get("x-roles") not in (None, ["ops"]) and not path.endswith(".pdf"):
                yield pytest.param(path, method, GenerationMode.POSITIVE, id=f"{method} {path} as described")
                # With a query besides the body, what is wrong may be a nameless part of it, which is passed over.
                if "requestBody" in operation and all(
                    each["in"] != "query" for each in operation["parameters"]
                ):
                    yield pytest.param(
                        path, method, GenerationMode.NEGATIVE, id=f"{method} {path} against it"
                    )


@pytest.fixture(scope="module")
def loans(tmp_path_factory):
    """The service on a laptop; what it answers does not depend on the database."""
    folder = tmp_path_factory.mktemp("described")
    with started("memory://described", f"sqlite:///{folder / 'loans'}.sqlite") as running:
        yield running
    memory.forget("described")


@pytest.fixture(scope="module")
def things(loans):
    """Ids of things that are there, by resource, so that requests get past 404."""
    client, point = loans.client("coordinator", [TIENEN]), new_id()
    device, borrower, request = client.device(point), client.borrower(point), new_id()
    loan = client.lent(point, client.device(point), borrower=borrower)
    body = {"borrower": borrower, "deviceKind": "tablet", "digipunt": point}
    assert client.put(f"/requests/{request}", body).status_code == 201
    there = {"devices": device, "borrowers": borrower, "requests": request, "loans": loan}
    return there | {"persons": client.borrower(point), "digipunt": point}


@pytest.mark.parametrize(("path", "method", "mode"), list(cases()))
def test_no_answer_is_undocumented(loans, things, path, method, mode):
    """About things that are there and things that are not: an answer that the description foretells, never a failure."""
    runner = loans.runner
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.config.update(base_url=f"{runner.address}/loans")
    schema.config.generation.update(allow_x00=False)  # OpenAPI has no way to say that no text holds a NUL
    token = issue(runner.settings, "coordinator", [TIENEN])
    resource = path.split("/")[2]

    @hypothesis.given(
        case=schema[path][method].as_strategy(generation_mode=mode), there=hypothesis.strategies.booleans()
    )
    @hypothesis.settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def check(case, there):
        if there and mode is GenerationMode.POSITIVE:
            if "{id}" in path and method != "put":
                case.path_parameters["id"] = things[resource]
            if isinstance(case.body, dict):
                known = {"digipunt": things["digipunt"], "borrower": things["borrowers"]}
                case.body |= {name: id for name, id in known.items() if name in case.body}
        # What the description cannot say, such as an opening day, is refused with 400 too.
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"}, excluded_checks=[positive_data_acceptance]
        )

    check()
