"""Whoever asks, and whatever they send: each answer is one that the description foretells, and none is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from chassis.http.auth import ROLES
from chassis.http.openapi import document
from tests.services.access_requests import TIENEN, fill, token
from tests.services.test_access_matrix import SERVICES, runner

__all__ = ["runner"]

CALLERS = (*sorted(ROLES), None)
"""Each role, and somebody without a token."""

DOCUMENTS = {service.name: document(service) for service in SERVICES}

SLOW = (".pdf", ".xlsx")
"""Each takes a second to make, and has tests of its own."""


def cases() -> Iterator[Any]:
    """Each route of each service, with input as described and, where it takes a body, with one that is not."""
    for service, described in DOCUMENTS.items():
        for path, methods in described["paths"].items():
            for method, operation in methods.items():
                if path.endswith(SLOW):
                    continue
                name = f"{service} {method} {path}"
                yield pytest.param(service, path, method, GenerationMode.POSITIVE, id=f"{name} as described")
                # With a query besides the body, what is wrong may be a nameless part of it, which is passed over.
                if "requestBody" in operation and all(
                    each["in"] != "query" for each in operation["parameters"]
                ):
                    yield pytest.param(
                        service, path, method, GenerationMode.NEGATIVE, id=f"{name} against it"
                    )


@pytest.fixture(scope="module")
def town(runner) -> dict[str, str]:
    """Ids of things at one digipunt in Tienen, by resource."""
    return fill(runner)


@pytest.mark.parametrize(("service", "path", "method", "mode"), list(cases()))
def test_no_answer_is_undocumented(runner, town, service, path, method, mode):
    """About things that are there and things that are not, by each role in turn."""
    schema = schemathesis.openapi.from_dict(DOCUMENTS[service])
    schema.config.update(base_url=f"{runner.address}/{service}")
    schema.config.generation.update(allow_x00=False)  # OpenAPI has no way to say that no text holds a NUL
    resource = path.split("/")[2] if path.count("/") > 1 else ""

    @hypothesis.given(
        case=schema[path][method].as_strategy(generation_mode=mode), there=hypothesis.strategies.booleans()
    )
    @hypothesis.settings(
        max_examples=2,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def check(case: Any, there: bool) -> None:
        if (
            there
            and mode is GenerationMode.POSITIVE
            and resource in town
            and "{id}" in path
            and method != "put"
        ):
            case.path_parameters["id"] = town[resource]
        for role in CALLERS:
            # A new one each time: some routes end it.
            bearer = {"Authorization": f"Bearer {token(runner, role, TIENEN)}"} if role else {}
            # What the description cannot say, such as an opening day, is refused with 400 too.
            case.call_and_validate(
                headers=bearer, excluded_checks=[positive_data_acceptance, ignored_auth], timeout=60
            )

    check()
