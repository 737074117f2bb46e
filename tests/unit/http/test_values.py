"""What is a value and what is none, in bodies, queries and tags; and how many of them are taken."""

from __future__ import annotations

import json

import pytest

from chassis.clock import new_id
from tests.unit.http.test_entrypoint import BOOK, book, client, issues

__all__ = ["book", "client"]


@pytest.mark.case("security H4")
def test_list_is_held_against_its_length_before_it_is_loaded(client):
    """A list that is too long has one issue, not one for each of its elements."""
    found = issues(client.put(f"/v1/books/{new_id()}", json=BOOK | {"parts": [{}] * 6}))
    assert list(found) == ["parts"]


@pytest.mark.case("security M3")
def test_issues_are_bounded(client):
    """A thousand mistakes are told of in fifty issues; a thousand names in one."""
    body = BOOK | {f"a{number}": 1 for number in range(90)}
    assert len(issues(client.put(f"/v1/books/{new_id()}", json=body))) == 50
    body |= {f"b{number}": 1 for number in range(90)}
    assert len(issues(client.put(f"/v1/books/{new_id()}", json=body))) == 1


@pytest.mark.case("security L2", "public H1")
@pytest.mark.parametrize("number", ["1e999", "-1e400", "NaN", "Infinity", "[1e309]"])
def test_answer_holds_no_number_that_json_has_not(client, number):
    """A number beyond a double is refused with the body, and not echoed."""
    answer = client.put(
        f"/v1/books/{new_id()}",
        content=f'{{"title":"x","pages":{number},"kind":{number}}}',
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400
    json.loads(answer.text, parse_constant=pytest.fail)


@pytest.mark.case("security L13")
@pytest.mark.parametrize(
    ("value", "status"), [(True, 201), (False, 201), (0, 400), (1, 400), ("true", 400), ("yes", 400)]
)
def test_flag_is_true_or_false(client, value, status):
    """What passes for true in Python is not true in JSON."""
    answer = client.put(f"/v1/books/{new_id()}", json=BOOK | {"signed": value})
    assert answer.status_code == status


@pytest.mark.case("security L13")
@pytest.mark.parametrize(
    ("value", "status"), [("true", 200), ("false", 200), ("1", 400), ("True", 400), ("on", 400)]
)
def test_flag_of_a_query_is_true_or_false(client, value, status):
    """The same in a query, where true is a word."""
    assert client.get(f"/v1/books?signed={value}").status_code == status


@pytest.mark.case("public H14")
def test_query_takes_as_many_as_its_list(client):
    """400 of one name are taken as promised, 401 are refused by that promise, and a thousand names by another."""
    assert client.get("/v1/books?" + "&".join(["kind=novel"] * 400)).status_code == 200
    assert set(issues(client.get("/v1/books?" + "&".join(["kind=novel"] * 401)))) == {"kind"}
    assert set(issues(client.get("/v1/books?" + "&".join(["kind=novel"] * 1001)))) == {None}


@pytest.mark.case("public H9")
def test_weak_tag_of_an_edge_is_ours(client, book):
    """An edge that compresses weakens the tag of what it passes on; the version in it is the same."""
    answer = client.patch(book, json={"title": "A"}, headers={"If-Match": 'W/"1"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert client.patch(book, json={"title": "A"}, headers={"If-Match": 'W/"1"'}).status_code == 412
