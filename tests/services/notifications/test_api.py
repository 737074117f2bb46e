"""SMS with delivery reports, own words, and answers that are as described."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import hypothesis
import pytest
import schemathesis
from openapi_schema_validator import OAS30ReadValidator
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from chassis.broker import memory
from chassis.http.auth import issue
from chassis.http.openapi import document
from chassis.run import Runner
from chassis.settings import Settings
from services.notifications.channels.sms import proof_of
from services.notifications.service import NotificationsService
from tests.services.notifications.conftest import Quick
from tests.services.notifications.owner import TIENEN, LoansOwner, borrower
from tests.services.notifications.world import MONDAY, MovedClock, World
from tests.support.kannel import SECRET
from tests.support.processes import free_port, wait_until

THURSDAY = MONDAY + timedelta(days=3)
ADDRESS = {"street": "Broekstraat 7", "postalCode": "3300", "town": "Tienen"}
WORDS = {"municipality": TIENEN, "kind": "loanOverdue1", "language": "nl", "part": "sms"}


@pytest.fixture(scope="module")
def sms(tmp_path_factory, mail, kannel) -> Iterator[World]:
    """On one laptop, with a real SMS gateway that reports back."""
    name, folder, port = f"sms{uuid4().hex}", tmp_path_factory.mktemp("sms"), free_port()
    settings = Settings(
        deployment="test",
        broker_url=f"memory://{name}",
        database_urls={each: f"sqlite:///{folder / each}.sqlite" for each in ("loans", "notifications")},
        listen=("127.0.0.1", port),
        public_url=f"http://127.0.0.1:{port}",
        signing_key=b"a key that only this test knows, 32+",
        data_keys=(b"a data key that only this test knows",),
        smtp_url=mail.url,
        sms_gateway=kannel.gateway_file(folder),
        sms_secret=SECRET,
    )
    clock = MovedClock()
    runner = Runner(settings, [LoansOwner, Quick], clock=clock)
    runner.start()
    yield World(runner, clock, mail, Quick.idle)
    runner.stop()
    memory.forget(name)


@pytest.fixture
def world(sms) -> World:
    sms.clock.set(MONDAY)
    return sms


def overdue(world, person, device="laptop 12"):
    loan = world.lend(person, MONDAY - timedelta(days=1), device=device, overdueDays=1)
    world.says("overdue", loan, MONDAY - timedelta(days=1), step=1, overdueDays=1)
    world.clock.later(seconds=5)
    return loan


def test_an_sms_is_delivered_and_reported(world, kannel):
    """Sent through the gateway in its own alphabet, and delivered when the gateway says so."""
    number = "+32470000001"
    loan = overdue(world, borrower(channels=["sms"], phone=number), device="’s laptop")
    wait_until(lambda: world.message(loan)["state"] == "delivered", "the delivery report", 60)
    [sms] = kannel.messages(number)
    assert sms.text == (
        "BOM: 's laptop moest terug zijn op zondag 29 november. "
        "Breng het toestel terug of bel ons. Vraag? Bel 016 80 56 62."
    )
    message = world.message(loan)
    assert message["segments"] == 1
    assert [step["state"] for step in message["history"]] == ["planned", "sending", "sent", "delivered"]


def test_a_number_that_the_gateway_refuses_leads_to_a_letter(world):
    """The next way, at once; and a report that proves nothing changes nothing."""
    person = borrower(channels=["sms", "letter"], phone="+32499000001", address=ADDRESS)
    loan = overdue(world, person)
    wait_until(lambda: world.message(loan).get("channel") == "letter", "the letter", 60)
    address = f"{world.runner.address}/notifications/v1/reports/sms"
    for query, proof, status in (
        ("id=unknown&status=1", ("digipunt", proof_of(SECRET)), 404),
        ("id=unknown&status=1", ("digipunt", "wrong"), 401),
        ("id=unknown&status=1", ("digipunt", SECRET), 401),
        ("status=1", ("digipunt", proof_of(SECRET)), 401),
    ):
        assert httpx.get(f"{address}?{query}", auth=proof).status_code == status


def test_a_municipality_changes_its_words(world, kannel):
    """Previewed, kept, used in the next message, and the standard ones are back when it asks."""
    text = "geef {{ device }} terug. Vragen kan altijd."
    with world.client() as client, world.client(municipalities=["24059"]) as elsewhere:
        asked = {name: WORDS[name] for name in ("municipality", "kind", "language")} | {"channel": "sms"}
        preview = client.post("/templates/preview", json=asked | {"part": "sms", "text": text}).json()
        assert preview["text"] == "BOM: geef laptop 12 terug. Vragen kan altijd. Vraag? Bel 016 80 56 62."
        assert (preview["segments"], preview["plain"]["problems"]) == (1, [])
        refused = client.put("/templates", json=WORDS | {"text": "{{ naam }} en {{ titel }}"})
        assert (refused.status_code, len(refused.json()["issues"])) == (400, 2)
        assert "naam" in refused.json()["issues"][0]["detail"]
        assert elsewhere.put("/templates", json=WORDS | {"text": text}).status_code == 404
        assert client.put("/templates", json=WORDS | {"text": text}).json()["own"] is True
        number = "+32470000002"
        overdue(world, borrower(channels=["sms"], phone=number))
        [sms] = wait_until(lambda: kannel.messages(number), "the SMS", 60)
        assert "geef laptop 12 terug." in sms.text
        back = client.put("/templates", json=WORDS | {"text": None}).json()
        assert (back["own"], "moest terug zijn" in back["text"]) == (False, True)
        listed = client.get("/templates", params=WORDS).json()["items"]
        assert [item["text"] for item in listed] == [back["text"]]


@pytest.mark.case("use 11", "use 12", "public L10", "public L7")
@pytest.mark.parametrize(
    ("part", "channel", "text", "reasons"),
    [
        ("text", "letter", "Gelieve {{ device }} terug te brengen.", ["jargon"]),
        ("sms", "sms", "zie www.digipunt.be voor {{ device }}", ["web address"]),
        ("text", "letter", "Breng {{ device }} morgen terug, of vandaag.", ["morgen", "vandaag"]),
        ("say", "phoneCall", "Breng {{ device }} vanavond.", ["vanavond"]),
        ("subject", "email", "Uw aanmaning", ["aanmaning"]),
        ("sms", "sms", "breng {{ device }} terug. " * 24, ["SMS"]),
    ],
)
def test_own_words_that_are_not_plain_are_refused_as_a_preview_says(world, part, channel, text, reasons):
    """Jargon, a link, a day that is another one when it is read, a dear SMS: not kept, with the reasons of the preview."""
    words = {name: WORDS[name] for name in ("municipality", "kind", "language")} | {
        "part": part,
        "text": text,
    }
    with world.client() as client:
        preview = client.post("/templates/preview", json=words | {"channel": channel}).json()
        refused = client.put("/templates", json=words)
        assert refused.status_code == 400
        told = [issue["detail"] for issue in refused.json()["issues"]]
        assert preview["plain"]["problems"] == told
        assert all(any(reason in each for each in told) for reason in reasons)
        kept = client.get("/templates", params=WORDS | {"part": part}).json()["items"]
        assert [item["own"] for item in kept] == [False]


@pytest.mark.case("public L10")
def test_signs_that_sms_lacks_are_named(world):
    """One that shows nothing is left out when it means nothing, and told by its name when it cannot be."""
    with world.client() as client:
        text = "breng {{ device }}\u200b terug. 2½ uur."
        asked = {name: WORDS[name] for name in ("municipality", "kind", "language")} | {"channel": "sms"}
        preview = client.post("/templates/preview", json=asked | {"part": "sms", "text": text}).json()
        assert "breng laptop 12 terug. 2 1/2 uur." in preview["text"]
        refused = client.put("/templates", json=WORDS | {"text": "breng {{ device }}\ue000 terug."})
        assert "U+E000" in refused.json()["issues"][0]["detail"]


def cases():
    """Each operation of our own, with input as described and against it."""
    for path, methods in document(NotificationsService)["paths"].items():
        for method, operation in methods.items():
            if operation.get("x-roles", ["ops"]) != ["ops"] and path != "/v1/refData":
                for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:
                    if mode == GenerationMode.POSITIVE or "requestBody" in operation:
                        yield pytest.param(path, method, mode, id=f"{method} {path} {mode.value}")


@pytest.mark.parametrize(("path", "method", "mode"), list(cases()))
def test_no_answer_is_undocumented(world, path, method, mode):
    """Whatever is sent, right or wrong, the answer is one that the description foretells, and never a failure."""
    schema = schemathesis.openapi.from_dict(document(NotificationsService))
    schema.config.update(base_url=f"{world.runner.address}/notifications")
    schema.config.generation.update(allow_x00=False)  # OpenAPI has no way to say that no text holds a NUL
    token = issue(world.runner.settings, "coordinator", [TIENEN])

    @hypothesis.given(case=schema[path][method].as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=8,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def check(case):
        # What the description cannot say, such as which digits make a phone number, is refused with 400 too.
        case.call_and_validate(
            headers={"Authorization": f"Bearer {token}"}, excluded_checks=[positive_data_acceptance]
        )

    check()


def test_every_answer_is_as_described(world):
    """Full answers have the form that the OpenAPI description promises, with no field more."""
    description = document(NotificationsService)
    validate(description)

    def holds(method, path, answer):
        promised = description["paths"][path][method.lower()]["responses"][str(answer.status_code)]
        schema = promised["content"]["application/json"]["schema"]
        OAS30ReadValidator(schema | {"components": description["components"]}).validate(answer.json())
        return answer.json()

    to_call = overdue(world, borrower(channels=["phoneCall"], phone="+32470000003"))
    to_say = overdue(world, borrower(channels=["inPerson"]))
    nobody = overdue(world, borrower(channels=[]))
    to_write = overdue(world, borrower(channels=["letter"], address=ADDRESS))
    for loan, state in ((to_call, "toCall"), (nobody, "failed")):
        wait_until(lambda loan=loan, state=state: world.message(loan)["state"] == state, state, 60)
    for loan in (to_say, to_write):
        wait_until(lambda loan=loan: world.message(loan).get("channel"), "a channel", 60)
    with world.client() as client:
        for path in ("/messages", "/callSheet", "/inPerson", "/unreachable", "/channels", "/letterBatches"):
            assert holds("GET", f"/v1{path}", client.get(path))["items"] or path == "/letterBatches"
        id = world.message(to_call)["id"]
        holds("GET", "/v1/messages/{id}", client.get(f"/messages/{id}"))
        holds("POST", "/v1/results", client.post("/results", json={"messages": [id], "result": "told"}))
        said = world.message(to_say)["id"]
        holds("POST", "/v1/messages/{id}/cancel", client.post(f"/messages/{said}/cancel"))
        batch = holds(
            "POST", "/v1/letterBatches", client.post("/letterBatches", json={"municipality": TIENEN})
        )
        posted = client.post(f"/letterBatches/{batch['id']}/posted")
        holds("POST", "/v1/letterBatches/{id}/posted", posted)
        holds("GET", "/v1/templates", client.get("/templates", params={"municipality": TIENEN}))
        words = {name: WORDS[name] for name in ("municipality", "kind", "language")} | {"channel": "letter"}
        holds("POST", "/v1/templates/preview", client.post("/templates/preview", json=words))
