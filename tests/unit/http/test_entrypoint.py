"""What callers of a service's routes meet: tokens, roles, bad input, versions, paging, failures."""

from __future__ import annotations

import json
from datetime import timedelta

import eventlet
import pytest
import structlog
from prometheus_client import generate_latest

from chassis.clock import new_id
from chassis.http import PUBLIC, auth, entrypoint
from chassis.runtime import metrics
from tests.unit.http.bookshop import Library

BOOK = {"title": "Het verdriet van België", "kind": "novel"}


def issues(answer):
    """The issues of a 400, by name."""
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:problem-type:belgif:badRequest"
    return {issue.get("name"): issue for issue in answer.json()["issues"]}


@pytest.fixture
def client(library):
    with library.client() as client:
        yield client


@pytest.fixture
def book(client):
    """The path of a book that is there."""
    path = f"/v1/books/{new_id()}"
    assert client.put(path, json=BOOK).status_code == 201
    return path


def test_written_book_can_be_read(client, book):
    """What was answered 201 is there, with its version."""
    answer = client.get(book)
    assert answer.json()["title"] == BOOK["title"]
    assert answer.headers["etag"] == '"1"'
    assert answer.headers["content-type"] == "application/json"


def test_first_status_is_for_a_bare_body_and_others_are_the_handlers_choice(client, book):
    """The same PUT again is answered 200, not 201."""
    assert client.put(book, json=BOOK).status_code == 200


def test_id_may_be_written_in_capitals(client, book):
    """A UUID is the same in either case."""
    assert client.get(book.upper().replace("/V1/BOOKS", "/v1/books")).status_code == 200


def test_other_content_under_the_same_id_is_a_conflict(client, book):
    """409 as a problem."""
    answer = client.put(book, json={**BOOK, "title": "Other"})
    assert (answer.status_code, answer.json()["title"]) == (409, "Conflict")


@pytest.mark.parametrize("header", [None, "Basic abc", "Bearer", "bearer"])
def test_no_token_is_401_and_says_how(library, header):
    """Without a bearer token the caller hears which scheme to use."""
    with library.client(role=None) as client:
        answer = client.get("/v1/books", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:problem-type:belgif:noAccessToken"
    assert answer.headers["www-authenticate"] == 'Bearer realm="digipunt"'


def test_bad_token_is_401(library):
    """A token that is not ours is refused as invalid."""
    with library.client(role=None) as client:
        answer = client.get("/v1/books", headers={"Authorization": "Bearer a.b.c"})
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:problem-type:belgif:invalidAccessToken"
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


def test_expired_token_is_401_and_says_so(library):
    """A program can tell from the type that it needs a new token."""
    with library.client(life=timedelta(days=-1)) as client:
        assert client.get("/v1/books").json()["type"] == "urn:problem-type:belgif:expiredAccessToken"


def test_other_role_is_403_and_hears_which(library):
    """A caller outside the role hears which role it takes, and nothing was done."""
    with library.client("helper") as client:
        answer = client.put(f"/v1/books/{new_id()}", json=BOOK)
    assert answer.status_code == 403
    assert "coordinator" in answer.json()["detail"]


def test_public_route_asks_no_token_and_passes_over_a_bad_one(library):
    """An old token does not lock anybody out of what is public."""
    with library.client(role=None) as client:
        answer = client.get("/v1/hours", headers={"Authorization": "Bearer old"})
    assert answer.text == "wo 9-12"
    assert answer.headers["content-type"] == "text/plain"


@pytest.mark.parametrize(
    "path", ["/v1/books/12", "/v1/nothing", "/v1/books/", "/", "/v1/books/%00", "/v1/books/%ff"]
)
def test_unknown_path_is_404(client, path):
    """What is not there is a problem, whatever the path looks like."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:problem-type:belgif:resourceNotFound"


def test_an_id_of_another_form_is_told_of(client):
    """Who makes up an id hears what form it has."""
    assert "UUID" in client.put("/v1/books/my-book", json={}).json()["detail"]


def test_unknown_method_is_405_and_hears_which_are_known(client):
    """405 lists the methods."""
    answer = client.delete("/v1/books")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'{"title": NaN}',
        b"[" * 100_000,
        b'{"title": "a\\u0000b"}',
        b'{"title": "\\ud800"}',
    ],
    ids=["empty", "cut off", "not UTF-8", "NaN", "too deep", "NUL", "half a surrogate pair"],
)
def test_invalid_json_is_400(client, body):
    """A body that is no storable JSON is refused in one sentence."""
    answer = client.put(f"/v1/books/{new_id()}", content=body, headers={"Content-Type": "application/json"})
    assert "valid JSON" in issues(answer)[None]["detail"]


@pytest.mark.parametrize("body", [b"[]", b'"text"', b"1", b"null"])
def test_json_that_is_no_object_is_400(client, body):
    """A list where an object belongs is refused."""
    assert issues(
        client.put(f"/v1/books/{new_id()}", content=body, headers={"Content-Type": "application/json"})
    )


def test_every_fault_is_named_with_its_place(client):
    """One answer lists all faults, each with the path of its field and a sentence."""
    body = {
        "kind": "poem",
        "printed": "31/12/2025",
        "parts": [{"kind": "novel"}, {"kind": "x", "pages": 0}],
        "a": 1,
    }
    found = issues(client.put(f"/v1/books/{new_id()}", json=body))
    assert set(found) == {"title", "kind", "printed", "parts[1].kind", "parts[1].pages", "a"}
    assert found["title"]["in"] == "body"
    assert found["title"]["detail"] == "This is required."
    assert "such as 2026-03-04" in found["printed"]["detail"]
    assert found["a"]["type"] == "urn:problem-type:belgif:input-validation:unknownInput"
    assert found["kind"]["value"] == "poem"
    assert found["parts[1].pages"]["value"] == 0


def test_free_text_is_not_repeated(client):
    """What stood in a text field may be about a person and does not come back."""
    found = issues(client.put(f"/v1/books/{new_id()}", json={"title": "Jan Peeters " * 40}))
    assert "value" not in found["title"]
    assert "Jan" not in json.dumps(found)


def test_other_content_type_is_415(client):
    """A form where JSON belongs is refused, and so is no type at all."""
    for headers in ({"Content-Type": "application/x-www-form-urlencoded"}, {}):
        answer = client.put(f"/v1/books/{new_id()}", content=b"{}", headers=headers)
        assert answer.status_code == 415
        assert "application/json" in answer.json()["detail"]


def test_charset_after_the_content_type_is_fine(client):
    """Clients that add a charset are understood."""
    answer = client.put(
        f"/v1/books/{new_id()}",
        content=json.dumps(BOOK).encode(),
        headers={"Content-Type": "Application/JSON; charset=utf-8"},
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("since=yesterday", "since"),
        ("kind=novel&kind=poem", "kind[1]"),
        ("colour=red", "colour"),
        ("page=0", "page"),
        ("page=1&page=2", "page"),
        ("pageSize=100000", "pageSize"),
        ("page=99999999999999999999", "page"),
        ("since=%ff", None),
        ("since=a%00", None),
    ],
)
def test_bad_query_is_400(client, query, name):
    """Each fault in the query is named."""
    issue = issues(client.get(f"/v1/books?{query}"))[name]
    assert issue["in"] == "query"


@pytest.mark.case("security L13")
@pytest.mark.parametrize("query", ["kind=", "kind", "since=%20", "nothing="])
def test_blank_query_value_is_refused(client, query):
    """A filter without a value is a mistake: passed over, it would list everything as if that was asked."""
    answer = client.get(f"/v1/books?{query}")
    assert answer.status_code == 400
    assert answer.json()["issues"][0]["name"] == query.partition("=")[0]


def test_query_on_a_route_without_query_is_400(client, book):
    """A misspelt or misplaced name is not passed over in silence."""
    assert issues(client.get(f"{book}?page=1"))["page"]["in"] == "query"


def test_collection_comes_in_pages_with_links(client):
    """A client can walk through a collection by its links alone."""
    for number in range(5):
        client.put(f"/v1/books/{new_id()}", json={"title": f"deel {number}"})
    url, titles = "/library/v1/books?kind=other&pageSize=2", []
    while url:
        page = client.get(f"http://{client.base_url.netloc.decode()}{url}").json()
        titles += [item["title"] for item in page["items"]]
        assert (page["total"], page["pageSize"]) == (5, 2)
        url = page.get("next")
    assert titles == [f"deel {number}" for number in range(5)]
    assert page["page"] == 3
    assert page["prev"].endswith("kind=other&pageSize=2&page=2")


def test_page_beyond_the_last_is_empty(client, book):
    """It is not an error to ask for more than there is."""
    page = client.get("/v1/books?page=9").json()
    assert (page["items"], page["total"]) == ([], 1)


def test_change_needs_the_version_it_changes(client, book):
    """428 without If-Match, 412 with a stale one, 400 with nonsense; then 200 with the new version."""
    assert client.patch(book, json={"title": "A"}).status_code == 428
    assert client.patch(book, json={"title": "A"}, headers={"If-Match": '"9"'}).status_code == 412
    answer = client.patch(book, json={"title": "A"}, headers={"If-Match": "*"})
    assert issues(answer)["If-Match"]["in"] == "header"
    answer = client.patch(book, json={"title": "A"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')


def test_merge_patch_is_a_content_type_of_changes(client, book):
    """RFC 7386's own type is understood."""
    headers = {"If-Match": '"1"', "Content-Type": "application/merge-patch+json"}
    assert client.patch(book, content=b'{"title": "A"}', headers=headers).status_code == 200


def test_failure_tells_its_trace_and_nothing_else(client, caplog):
    """An unforeseen error is opaque to the caller and in the log under the same trace, without what was typed."""
    with structlog.testing.capture_logs() as logs:
        answer = client.get("/v1/broken")
    assert answer.status_code == 500
    assert "Peeters" not in answer.text
    trace = answer.headers["belgov-trace-id"]
    assert answer.json()["instance"].replace("-", "").endswith(trace)
    [entry] = [entry for entry in logs if entry["event"] == "http.failed"]
    assert (entry["trace"], entry["error"]) == (trace, "RuntimeError")
    assert "in broken" in entry["at"]
    assert "Peeters" not in repr(logs) + caplog.text


def test_absent_database_is_503_with_a_time_to_come_back(client):
    """A database that is down is no failure of the caller's request."""
    answer = client.get("/v1/away")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


def test_trace_of_the_caller_is_kept(client):
    """A W3C traceparent leads through to the handler; the span is our own."""
    given = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    seen = client.get("/v1/trace", headers={"traceparent": given}).json()["trace"]
    assert seen[:36] == given[:36]
    assert seen != given


@pytest.mark.parametrize(
    "header", ["", "nonsense", f"00-{'0' * 32}-00f067aa0ba902b7-01", f"ff-{'1' * 32}-00f067aa0ba902b7-01"]
)
def test_unusable_trace_is_replaced(client, header):
    """Without a usable traceparent a new trace begins."""
    seen = client.get("/v1/trace", headers={"traceparent": header}).json()["trace"]
    assert len(seen) == 55
    assert "0" * 32 not in seen
    assert "1" * 32 not in seen


def test_when_all_workers_stay_busy_the_caller_is_asked_to_come_back(library, client, monkeypatch, until):
    """Requests wait for a worker, not for ever; those that had one are answered."""
    monkeypatch.setattr(entrypoint, "WORKER_WAIT_SECONDS", 0.1)
    monkeypatch.setattr(Library, "held", eventlet.event.Event())
    holding = [eventlet.spawn(hold, library) for _ in range(4)]
    until(lambda: library.container._worker_pool.free() == 0)
    answer = client.get("/v1/hours")
    assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
    Library.held.send(None)
    assert [each.wait() for each in holding] == [200] * 4
    assert client.get("/v1/hours").status_code == 200


def test_request_that_waits_for_a_worker_gets_one(library, client, monkeypatch, until):
    """A short queue is served, not refused."""
    monkeypatch.setattr(Library, "held", eventlet.event.Event())
    holding = [eventlet.spawn(hold, library) for _ in range(4)]
    until(lambda: library.container._worker_pool.free() == 0)
    waiting = eventlet.spawn(client.get, "/v1/hours")
    until(lambda: library.container._worker_pool.waiting() > 0)
    Library.held.send(None)
    assert waiting.wait().status_code == 200
    assert [each.wait() for each in holding] == [200] * 4


def hold(library):
    with library.client() as client:
        return client.get("/v1/hold").status_code


def test_killed_service_answers_503(library, client, monkeypatch, until):
    """When a service dies under a request, its caller is told instead of left hanging."""
    monkeypatch.setattr(Library, "held", eventlet.event.Event())
    holding = eventlet.spawn(hold, library)
    until(lambda: library.container._worker_threads)
    library.container.kill()
    assert holding.wait() == 503


def test_stopped_service_has_no_routes(library, client):
    """After one service of the process stopped, the server answers 404 for it and goes on for others."""
    library.container.stop()
    assert client.get("/v1/hours").status_code == 404


def test_metrics_name_routes_and_never_ids(library, client, book):
    """Figures are kept by route, so that no id of anything gets into them."""
    client.get(book)
    text = generate_latest(metrics.registry("library")).decode()
    assert (
        'digipunt_http_request_seconds_count{method="GET",route="/library/v1/books/{id}",status="200"}'
        in text
    )
    assert book.rpartition("/")[2] not in text


def test_one_method_answers_one_route():
    """Two routes on one method would answer each other's requests; that is refused at import."""
    with pytest.raises(TypeError, match="already an entrypoint"):
        entrypoint.http("GET", "/v1/other", roles=PUBLIC, summary="Other")(Library.hours)


def test_tokens_are_made_for_known_roles_only():
    """A misspelt role is refused when the token is made."""
    from tests.unit.http.conftest import SETTINGS

    with pytest.raises(ValueError, match="coordinator"):
        auth.issue(SETTINGS, "boss")
