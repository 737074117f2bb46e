"""One laptop: everything in one process, on one folder."""

import time
from threading import Thread
from uuid import uuid4

import httpx
import pytest

from tests.e2e.command import Desk, contacts, digipunt, free_port, served, started, token, wait_until

START_SECONDS = 5.0
"""Generous for a machine that tests other things at once; `scripts/bench` measures the promised 2 s."""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.mark.timed
def test_a_visit_is_in_the_summary_within_200_ms(folder):
    """From the answer to the desk until the coordinator's figure, on an idle system."""
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        process.wait_for_answer("/reporting/health/ready")
        point = desk.digipunt()
        wait_until(lambda: contacts(desk) == 0, "the first figure")
        delays = []
        for number in range(1, 11):
            assert desk.put(str(uuid4()), point) == 201
            begin = time.monotonic()
            wait_until(lambda number=number: contacts(desk) == number, "the visit to be counted")
            delays.append(time.monotonic() - begin)
        assert sorted(delays)[5] < 0.2, delays


def test_put_twice_is_one_contact(folder):
    """201, then 200, one contact; other content under the same id is 409."""
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        point, visit = desk.digipunt(), str(uuid4())
        assert [desk.put(visit, point), desk.put(visit, point), desk.put(visit, point, themes=["apps"])] == [
            201,
            200,
            409,
        ]
        wait_until(lambda: contacts(desk) == 1, "the contact")


def test_what_was_answered_is_counted_after_the_plug_was_pulled(folder):
    """SIGKILL while 500 visits are being put: the summary counts exactly those that were answered 201 or 200."""
    visits = [str(uuid4()) for _ in range(500)]
    answered = set()
    with served(folder) as process:
        made = token("coordinator", "--data", folder)
        point = Desk(process.address, made).digipunt()

        def put(mine):
            desk = Desk(process.address, made)
            for visit in mine:
                try:
                    if desk.put(visit, point) in (200, 201):
                        answered.add(visit)
                except httpx.TransportError:
                    return

        threads = [Thread(target=put, args=(visits[n::4],)) for n in range(4)]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(answered) > 150, "some visits")
        process.kill()
        for thread in threads:
            thread.join()
    assert 150 < len(answered) < 500
    with served(folder) as process:
        desk = Desk(process.address, made)
        wait_until(lambda: (contacts(desk) or 0) >= len(answered), "the visits that were answered")
        # An answer that was cut off may have been recorded: putting it again shows that, and counts it once.
        kept = {visit for visit in visits if desk.http.get(f"/visits/v1/visits/{visit}").status_code == 200}
        assert answered <= kept
        assert len(kept - answered) <= 4
        for visit in visits:
            assert desk.put(visit, point) == (200 if visit in kept else 201)
        wait_until(lambda: contacts(desk) == 500, "all visits")


@pytest.mark.timed
def test_it_stops_in_time_and_starts_again(folder):
    """SIGTERM ends it well within 10 s, even in the midst of work; started again it has everything."""
    port = free_port()
    with served(folder, port) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        desk.batch(desk.digipunt(), 1000)
        assert process.terminate() < 10
        assert process.popen.returncode == 0
    begin = time.monotonic()
    with served(folder, port) as process:
        assert time.monotonic() - begin < START_SECONDS
        wait_until(lambda: contacts(desk) == 1000, "the figures of before")


def test_a_second_one_is_refused(folder, tmp_path):
    """Neither the same folder nor the same port is shared; one sentence says what to do."""
    with served(folder) as process:
        port = process.address.rpartition(":")[2]
        same_folder = digipunt("serve", "--port", str(free_port()), "--data", folder)
        same_port = digipunt("serve", "--port", port, "--data", tmp_path / "other")
    for refused, names in ((same_folder, str(folder)), (same_port, port)):
        assert refused.returncode in (1, 3)
        [sentence] = refused.stderr.strip().splitlines()
        assert names in sentence


def test_a_token_says_what_is_wrong(folder):
    """An unknown role or municipality, and a folder that is not there, are bad input; nothing is on stdout then."""
    missing = digipunt("token", "--role", "ops", "--data", folder)
    assert (missing.returncode, missing.stdout) == (1, "")
    assert str(folder) in missing.stderr
    with served(folder):
        pass
    refused = digipunt("token", "--role", "king", "--data", folder)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "king" in refused.stderr
    elsewhere = digipunt("token", "--role", "helper", "--municipality", "Tienen", "--data", folder)
    assert (elsewhere.returncode, elsewhere.stdout) == (1, "")
    assert "NIS code" in elsewhere.stderr


def test_databases_in_the_environment_are_all_there_are(folder, tmp_path):
    """In a container a command leaves alone what a laptop would have; on a laptop it takes the data folder's."""
    with served(folder):
        pass
    own = f"sqlite:///{tmp_path / 'own.sqlite'}"
    assert digipunt("migrate", DIGIPUNT_DATA=str(folder), DIGIPUNT_VISITS_DATABASE_URL=own).stdout == (
        "visits: up to date\n"
    )
    everything = digipunt("migrate", DIGIPUNT_DATA=str(folder))
    assert "loans: up to date" in everything.stdout
    assert everything.stderr == ""


def test_a_malformed_setting_stops_the_start_with_one_line(folder):
    """The line names the setting."""
    refused = digipunt("serve", "--data", folder, DIGIPUNT_BROKER_URL="http://x")
    assert refused.returncode == 1
    [sentence] = refused.stderr.strip().splitlines()
    assert "DIGIPUNT_BROKER_URL" in sentence


def test_some_services_only(folder, tmp_path):
    """`--only visits` answers for visits; what it recorded is in the figures once reporting comes back."""
    port = free_port()
    with started(
        tmp_path / "log", ["serve", "--only", "visits", "--port", str(port), "--data", folder], port
    ) as process:
        process.wait_for_answer("/visits/health/live")
        desk = Desk(process.address, token("coordinator", "--data", folder))
        desk.batch(desk.digipunt(), 50)
        assert desk.http.get("/reporting/health").status_code == 404
        process.terminate()
    with served(folder, port):
        wait_until(lambda: contacts(desk) == 50, "the visits of before")


def test_the_page_says_where_things_are(folder, tmp_path):
    """Without the desk the page at / says how the services are, in Dutch by default, and no link is printed."""
    port = free_port()
    with started(
        tmp_path / "log", ["serve", "--only", "visits", "--port", str(port), "--data", folder], port
    ) as process:
        process.wait_for_answer("/visits/health/live")
        page = httpx.get(process.address + "/")
        assert 'lang="nl"' in page.text
        assert '"/visits/doc"' in page.text
        assert "/loans/" not in page.text
        assert 'lang="fr"' in httpx.get(process.address + "/", headers={"Accept-Language": "fr"}).text
        wait_until(lambda: "Digipunt: " in process.log.read_text(), "the address")
        assert "Aanmelden" not in process.log.read_text()


def used(address, link):
    """The answer to the code in a link to this address."""
    start, _, code = link.strip().partition("#signIn=")
    assert start == f"{address}/"
    return httpx.post(f"{address}/desk/v1/signIns", json={"code": code})


def test_the_printed_link_signs_in_once(folder):
    """As a coordinator of all municipalities."""
    with served(folder) as process:
        said = "Aanmelden (één keer, 15 minuten geldig): "
        link = wait_until(lambda: process.log.read_text().partition(said)[2].partition("\n")[0], "the link")
        first = used(process.address, link)
        assert (first.status_code, first.json()["roles"]) == (200, ["coordinator"])
        assert used(process.address, link).status_code == 401
        desk = Desk(process.address, first.json()["token"])
        assert contacts(desk) == 0


def test_another_link_is_made_without_a_restart(folder):
    """`digipunt link` finds the address by the folder, prints nothing else, and names role and municipality."""
    with served(folder) as process:
        process.wait_for_answer("/desk/health/live")
        made = digipunt("link", "--data", folder)
        assert (made.returncode, made.stderr, len(made.stdout.splitlines())) == (0, "", 1)
        assert used(process.address, made.stdout).status_code == 200
        policy = digipunt("link", "--role", "policy", "--municipality", "24059", "--data", folder)
        token = used(process.address, policy.stdout).json()["token"]
        me = Desk(process.address, token).http.get("/reporting/v1/me").json()
        assert (me["roles"], me["municipalities"]) == (["policy"], ["24059"])
        helper = digipunt("link", "--role", "helper", "--data", folder)
        assert (helper.returncode, helper.stdout) == (1, "")
        assert "helper" in helper.stderr
        process.kill()
    # Nobody answers any more: what the folder says is not believed.
    nowhere = digipunt("link", "--data", folder)
    assert (nowhere.returncode, nowhere.stdout) == (1, "")
    assert "--url" in nowhere.stderr
    known = digipunt("link", "--data", folder, DIGIPUNT_PUBLIC_URL="https://digipunt.example.be")
    assert known.stdout.startswith("https://digipunt.example.be/#signIn=")
    named = digipunt("link", "--data", folder, "--port", "8123")
    assert named.stdout.startswith("http://127.0.0.1:8123/#signIn=")


def test_the_command_line_of_events(folder):
    """Status, parked, retry, rebuild and tail work on a laptop; doctor finds nothing wrong."""
    with served(folder) as process:
        desk = Desk(process.address, token("coordinator", "--data", folder))
        desk.batch(desk.digipunt(), 10)
        wait_until(lambda: contacts(desk) == 10, "the figures")
        at = ("--url", process.address, "--data", folder)
        status = digipunt("events", "status", *at)
        assert "reporting" in status.stdout, status.stderr
        wait_until(lambda: "following" in digipunt("events", "status", *at).stdout, "the journals", 30)
        parked = digipunt("events", "parked", *at)
        assert (parked.stdout, parked.stderr) == ("", "there are no dead letters\n")
        assert "applied 0, left 0" in digipunt("events", "retry", *at).stdout
        assert "rebuilt" in digipunt("events", "rebuild", *at).stdout
        assert contacts(desk) == 10
        port = process.address.rpartition(":")[2]
        healthy = digipunt("doctor", "--port", port, "--data", folder)
        assert healthy.returncode == 0, healthy.stdout
