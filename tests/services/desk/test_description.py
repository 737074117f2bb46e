"""What the service answers is what its OpenAPI description says, whatever is sent."""

import hypothesis
import pytest
import schemathesis
import sqlalchemy as sa
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from chassis.http.openapi import document
from services.desk.service import DeskService
from services.desk.tables import guesses
from tests.services.desk.api import TIENEN, Running, new_id
from tests.support.running import laptop

DOCUMENT = document(DeskService)


def test_the_description_is_valid():
    """The description is OpenAPI."""
    validate(DOCUMENT)


def cases():
    """Each route of the desk, with input as described and, where it takes any, with input that is not."""
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            if operation.get("x-roles") == ["ops"] or not path.startswith("/v1/"):
                continue
            yield pytest.param(path, method, GenerationMode.POSITIVE, id=f"{method} {path} as described")
            if "requestBody" in operation:
                yield pytest.param(path, method, GenerationMode.NEGATIVE, id=f"{method} {path} against it")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The service on a laptop; what it answers does not depend on the database."""
    with laptop(tmp_path_factory.mktemp("described"), "desk") as place, place.running(DeskService) as runner:
        yield Running(runner)


@pytest.fixture(scope="module")
def things(desk):
    """Ids of things that are there, and a token of each who may ask."""
    coordinator, point = desk.client("coordinator", [TIENEN]), new_id()
    paired, helper = desk.laptop(coordinator, point), coordinator.helper(point)
    return {
        "laptops": paired.id,
        "helpers": helper,
        "digipunt": point,
        "coordinator": coordinator.token,
        "desk": paired.client.token,
        "helper": desk.signed_in(paired, helper).token,
    }


@pytest.mark.parametrize(("path", "method", "mode"), list(cases()))
def test_no_answer_is_undocumented(desk, things, path, method, mode):
    """About things that are there and things that are not: an answer that the description foretells, never a failure."""
    schema = schemathesis.openapi.from_dict(DOCUMENT)
    schema.config.update(base_url=f"{desk.runner.address}/desk")
    schema.config.generation.update(allow_x00=False)  # OpenAPI has no way to say that no text holds a NUL
    roles = DOCUMENT["paths"][path][method].get("x-roles", ["coordinator"])
    role = next(each for each in ("coordinator", "desk", "helper") if each in roles)

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
        with desk.application.database.begin() as connection:
            connection.execute(sa.delete(guesses))
        if there and mode is GenerationMode.POSITIVE:
            resource = path.split("/")[2]
            if "{id}" in path and method not in ("put", "delete") and resource in things:
                case.path_parameters["id"] = things[resource]
            if isinstance(case.body, dict):
                known = {"digipunt": things["digipunt"], "helper": things["helpers"]}
                case.body |= {name: id for name, id in known.items() if name in case.body}
        # What the description cannot say, such as which PINs are too easy, is refused with 400 too.
        case.call_and_validate(
            headers={"Authorization": f"Bearer {things[role]}"}, excluded_checks=[positive_data_acceptance]
        )

    check()
