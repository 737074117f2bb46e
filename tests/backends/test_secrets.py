"""No password and no key comes into a log, whatever fails."""

from __future__ import annotations

from contextlib import closing

import eventlet
import httpx
import pytest
import sqlalchemy as sa

from tests.e2e.command import digipunt, started
from tests.support.network import Network
from tests.support.processes import free_port, wait_until

EVERYTHING = {"configure": ".*", "write": ".*", "read": ".*", "password": "BROKERGEHEIM66"}
SECRETS = {
    "DIGIPUNT_SIGNING_KEY": "TEKENGEHEIM11-and-some-more-of-it-to-be-long",
    "DIGIPUNT_DATA_KEY": "DATAGEHEIM22-and-some-more-of-it-to-be-long",
    "DIGIPUNT_SMTP_URL": "smtp://mail:MAILGEHEIM33@127.0.0.1:9?from=digipunt@example.be",
    "DIGIPUNT_SMS_SECRET": "SMSGEHEIM44",
}
MARKS = [
    "TEKENGEHEIM11",
    "DATAGEHEIM22",
    "MAILGEHEIM33",
    "SMSGEHEIM44",
    "DBGEHEIM55",
    "BROKERGEHEIM66",
]


@pytest.mark.case("security H2")
@pytest.mark.timeout(300)
def test_outages_are_logged_without_secrets(rabbitmq, postgres, tmp_path):
    """Database and broker are cut off, refuse and hang, and something else answers in the broker's place."""
    log, port = tmp_path / "log", free_port()
    with (
        rabbitmq.vhost() as url,
        closing(Network(rabbitmq.port)) as broker,
        closing(Network(postgres.port)) as database,
        closing(Network(postgres.port)) as stranger,
    ):
        mine = rabbitmq.as_user(url, "notifications", **EVERYTHING)
        places = SECRETS | {
            "DIGIPUNT_LOG": "json",
            "DIGIPUNT_LISTEN": f"127.0.0.1:{port}",
            "DIGIPUNT_BROKER_URL": mine.replace(f":{rabbitmq.port}/", f":{broker.port}/"),
            "DIGIPUNT_NOTIFICATIONS_DATABASE_URL": (
                sa.make_url(postgres.url_for("notifications"))
                .set(port=database.port, password="DBGEHEIM55")
                .render_as_string(hide_password=False)
            ),
        }
        assert digipunt("migrate", "notifications", **places).returncode == 0
        with started(log, ["run", "notifications"], port, **places) as process:
            process.wait_for_answer("/notifications/health/live")
            process.wait_for_answer("/notifications/health")
            for harmed, sign in ((database, "OperationalError"), (broker, '"error"')):
                harmed.reset()
                began = len(log.read_text())
                wait_until(
                    lambda began=began, sign=sign: sign in log.read_text()[began:], "a line about it", 30
                )
                httpx.get(f"{process.address}/notifications/v1/messages", trust_env=False)
                eventlet.sleep(2)
                harmed.heal()
            process.wait_for_answer("/notifications/health")
            broker.swallow()
            eventlet.sleep(2)
            broker.heal()
        strange = {"DIGIPUNT_BROKER_URL": mine.replace(f":{rabbitmq.port}/", f":{stranger.port}/")}
        with started(log, ["run", "notifications"], port, **places | strange) as process:
            began = len(log.read_text())
            wait_until(lambda: len(log.read_text()) > began + 800, "lines about it")
    said = log.read_text()
    assert [mark for mark in MARKS if mark in said] == []
