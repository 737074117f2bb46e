"""The description that programs and people read about a service."""

from __future__ import annotations

from html.parser import HTMLParser

import hypothesis
import pytest
import schemathesis
import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator
from schemathesis import GenerationMode

from chassis.http import auth, openapi
from chassis.http.descriptions import DescriptionRoutes
from chassis.http.operations import OperationsRoutes
from tests.unit.http.bookshop import Library
from tests.unit.http.conftest import SETTINGS


class FullLibrary(OperationsRoutes, DescriptionRoutes, Library):
    """Books, with the routes every service has."""

    name = "library"


@pytest.fixture
def service_class():
    return FullLibrary


@pytest.fixture
def document():
    return yaml.safe_load(openapi.yaml_text(FullLibrary))


def test_description_is_valid_openapi(document):
    """Tools that read OpenAPI 3.0.3 can read ours."""
    assert document["openapi"] == "3.0.3"
    OpenAPIV30SpecValidator(document).validate()


def test_description_is_served_and_may_be_kept(library):
    """A client fetches it once and asks again with its tag."""
    with library.client(role=None) as client:
        answer = client.get("/doc/openapi.yaml")
        assert yaml.safe_load(answer.text)["info"]["title"] == "Digipunt library"
        again = client.get("/doc/openapi.yaml", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_each_route_says_who_may_call_it(document):
    """The access matrix can be read from the description."""
    get, put = (document["paths"]["/v1/books/{id}"][method] for method in ("get", "put"))
    assert get["x-roles"] == ["coordinator", "helper"]
    assert put["security"] == [{"bearer": []}]
    assert document["paths"]["/v1/hours"]["get"]["security"] == []


def test_refusals_are_described_as_problems(document):
    """A program can generate its error handling."""
    answers = document["paths"]["/v1/books/{id}"]["patch"]["responses"]
    components = document["components"]["responses"]
    for status in ("400", "401", "403", "404", "409", "412", "413", "415", "428", "500", "503"):
        answer = components[answers[status]["$ref"].rpartition("/")[2]]
        assert "application/problem+json" in answer["content"]


@pytest.mark.case("security L13")
def test_refusals_that_any_request_can_meet_are_at_every_route(document):
    """Too large, too long and too many are in the description of each operation, GET included."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert {"413", "414", "429", "431", "503"} <= operation["responses"].keys(), (method, path)


def test_unknown_names_are_described_as_refused(document):
    """What the API refuses, its description refuses."""
    assert document["components"]["schemas"]["Book"]["additionalProperties"] is False


def test_page_needs_no_other_origin_and_no_script(library):
    """The rendered description shows every route, what the service is for first, and loads nothing."""

    class Page(HTMLParser):
        def __init__(self):
            super().__init__()
            self.text, self.loaded = "", []

        def handle_data(self, data):
            self.text += data

        def handle_starttag(self, tag, attributes):
            if tag in ("script", "link", "img", "iframe"):
                self.loaded.append(tag)

    with library.client(role=None) as client:
        answer = client.get("/doc")
    page = Page()
    page.feed(answer.text)
    assert 0 < page.text.find("PUT /library/v1/books/{id}") < page.text.find("GET /library/health")
    assert page.text.index("titleNotWanted") < page.text.index("This title is not wanted.")
    assert page.loaded == []
    assert "script" not in answer.headers["content-security-policy"]


def cases():
    """Each operation, with input as described and, where it takes any, with input that is not."""
    for path, methods in openapi.document(FullLibrary)["paths"].items():
        if path in ("/v1/broken", "/v1/hold", "/v1/document", "/v1/away"):
            continue  # These fail on purpose.
        for method, operation in methods.items():
            name = f"{method} {path}"
            yield pytest.param(path, method, GenerationMode.POSITIVE, id=f"{name} as described")
            if "requestBody" in operation or any(each["in"] == "query" for each in operation["parameters"]):
                yield pytest.param(path, method, GenerationMode.NEGATIVE, id=f"{name} against it")


@pytest.mark.parametrize(("path", "method", "mode"), list(cases()))
def test_no_answer_is_undocumented(library, path, method, mode):
    """Whatever is sent, right or wrong, the answer is one that the description foretells, and never a failure."""
    document = openapi.document(FullLibrary)
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=f"{library.server.address}/library")
    schema.config.generation.update(allow_x00=False)  # OpenAPI has no way to say that no text holds a NUL
    roles = document["paths"][path][method].get("x-roles", ["ops"])
    token = auth.issue(SETTINGS, roles[0])

    @hypothesis.given(case=schema[path][method].as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def check(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {token}"})

    check()
