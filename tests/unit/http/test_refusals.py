"""A refusal tells a program which one it is, and a person what to do, in that person's language."""

from __future__ import annotations

from datetime import date

import pytest

from chassis.errors import Conflict, InvalidInput, NotFound
from chassis.refusals import Reason, preferred

ID = "0197f3b4-6c1e-7a52-8d3f-2b9c4e5a6d70"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("FR-be", "fr"),
        ("fr-BE,fr;q=0.9,nl;q=0.8,en;q=0.7", "fr"),
        ("en;q=0.2, fr; q=0.5", "fr"),
        ("de, en;q=0.3", "en"),
        ("tr", "nl"),
        ("tr, *;q=0.1", "nl"),
        ("fr;q=0, nl;q=0.1", "nl"),
        ("fr;q=abc", "nl"),
        ("nl" + ",x" * 10_000, "nl"),
    ],
)
def test_the_language_that_weighs_most_is_taken(accept, language):
    """A program that asks for none reads English; a person whose language we do not have reads Dutch."""
    assert preferred(accept) == language


@pytest.mark.case("use Accept-Language")
@pytest.mark.parametrize(
    ("language", "detail", "wrong"),
    [
        ("nl", "Er klopt iets niet in wat is ingevuld. Kijk bij elk veld wat je moet doen.", "Dit moet"),
        ("fr-BE", "Quelque chose ne va pas dans ce qui est rempli", "Ce champ est obligatoire."),
        ("en", "The input message is incorrect.", "This is required."),
    ],
)
def test_a_problem_is_in_the_language_that_was_asked_for(library, language, detail, wrong):
    """The problem and each of its issues have a code and a text, and the answer says in which language."""
    with library.client() as client:
        answer = client.put(f"/v1/books/{ID}", json={"kind": "novel"}, headers={"Accept-Language": language})
    problem = answer.json()
    assert answer.headers["content-language"] == language[:2]
    assert problem["code"] == "invalidInput"
    assert problem["detail"].startswith(detail)
    [issue] = problem["issues"]
    assert (issue["code"], issue["name"]) == ("required", "title")
    assert issue["detail"].startswith(wrong)


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "code"),
    [
        ("GET", "/v1/nothing", {}, 404, "addressUnknown"),
        ("GET", "/v1/books/not-a-uuid", {}, 404, "addressNeedsUuid"),
        ("GET", f"/v1/books/{ID}", {}, 404, "bookNotFound"),
        ("DELETE", "/v1/books", {}, 405, "methodNotAllowed"),
        ("GET", "/v1/books", {"headers": {"Authorization": ""}}, 401, "tokenMissing"),
        ("GET", "/v1/books", {"headers": {"Authorization": "Bearer x"}}, 401, "tokenInvalid"),
        ("PATCH", f"/v1/books/{ID}", {"json": {}}, 428, "versionRequired"),
        ("POST", "/v1/books", {"content": b"x"}, 415, "unsupportedMediaType"),
        ("GET", "/v1/away", {}, 503, "databaseAway"),
        ("GET", "/v1/broken", {}, 500, "internalError"),
    ],
)
def test_what_the_frame_refuses_has_codes(library, method, path, options, status, code):
    """Before a service's own code is reached, and after it failed."""
    options["headers"] = {"Accept-Language": "nl", **options.get("headers", {})}
    with library.client() as client:
        answer = client.request(method, path, **options)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"] == answer.json()["detail"].strip()
    assert answer.headers["content-language"] == "nl"


@pytest.mark.parametrize(
    ("head", "status", "code", "language"),
    [
        ("Content-Length: 9999999999", 413, "bodyTooLarge", "fr"),
        ("X-Long: " + "x" * 40_000, 431, "headersTooLarge", "fr"),
        ("Expect: tea", 400, "unknownExpectation", "fr"),
    ],
)
def test_what_the_server_refuses_while_bytes_arrive_has_codes(library, talk, head, status, code, language):
    """Even a request that is never complete is answered in the language that its headers named."""
    connection = talk(library.server)
    start = f"POST /library/v1/books HTTP/1.1\r\nHost: x\r\nAccept-Language: {language}\r\n"
    connection.send(f"{start}{head}\r\n\r\n".encode())
    reply = connection.reply()
    assert (reply.status, reply.json()["code"]) == (status, code)
    assert reply.headers["content-language"] == language


def test_a_text_has_its_values_as_a_person_reads_them():
    """Days in the order of the language, a choice with its word for “or”; what somebody typed is not kept."""
    role = Reason("roleRequired", roles=["coordinator", "helper", "ops"])
    assert role.text("nl") == "Dit mag alleen wie de rol coordinator, helper of ops heeft."
    assert role.text("fr") == "Il faut pour cela le rôle coordinator, helper ou ops."
    assert "None" not in Reason("roleRequired").text("nl")
    due = Reason("staleVersion", current=date(2026, 3, 4))
    assert '"4/3/2026"' in due.text("nl")
    assert '"2026-03-04"' in due.text("en")
    assert Reason("tooLong").format(max=3, input="Jan Peeters").params == {"max": 3}


def test_logs_and_the_command_line_read_english():
    """An error as text is its English sentence; a sentence of the command line stands for itself."""
    assert (
        str(Conflict("idTaken")) == "There is another one under this id, with other content; take a new id."
    )
    assert str(InvalidInput.at("a", "notInRange", min=1, max=2)) == "a: Give a number from 1 to 2."
    assert str(Conflict("the file {x} is 100 % wrong")) == "the file {x} is 100 % wrong"
    assert NotFound("loan", ID).reason == "loanNotFound"
    assert Reason("codeThatNobodyWrote").text("nl") == "codeThatNobodyWrote"
