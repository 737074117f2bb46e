"""Notifications on each backend in turn, with a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import ClassVar
from uuid import uuid4

import pytest

from chassis.broker import memory
from chassis.run import Runner
from chassis.runtime.timer import every
from chassis.settings import Settings
from services.notifications.service import NotificationsService
from tests.services.notifications.owner import LoansOwner
from tests.services.notifications.world import MONDAY, MovedClock, World
from tests.support.mail import MailServer


class Quick(NotificationsService):
    """Goes round ten times a second, so that tests need not wait."""

    idle: ClassVar[list[int]] = [0]
    """How many rounds found nothing to do."""

    @every(0.1)
    def send(self) -> None:
        if self.sender.run() == 0:
            self.idle[0] += 1


@pytest.fixture(scope="package")
def mail(tmp_path_factory) -> Iterator[MailServer]:
    server = MailServer(tmp_path_factory.mktemp("mail"))
    yield server
    server.stop()


@pytest.fixture(scope="package", params=["laptop", "servers"])
def running(request, tmp_path_factory, mail) -> Iterator[World]:
    """The service and an owner, on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    names = ("notifications", "loans")
    with ExitStack() as stack:
        if request.param == "laptop":
            name, folder = f"notifications{uuid4().hex}", tmp_path_factory.mktemp("notifications")
            stack.callback(memory.forget, name)
            broker = f"memory://{name}"
            databases = {each: f"sqlite:///{folder / each}.sqlite" for each in names}
        else:
            broker = stack.enter_context(request.getfixturevalue("rabbitmq").vhost())
            databases = {each: request.getfixturevalue("postgres").url_for(each) for each in names}
        settings = Settings(
            deployment="test",
            broker_url=broker,
            database_urls=databases,
            listen=("127.0.0.1", 0),
            signing_key=b"a key that only this test knows, 32+",
            smtp_url=mail.url,
        )
        clock = MovedClock()
        runner = Runner(settings, [LoansOwner, Quick], clock=clock)
        runner.start()
        stack.callback(runner.stop)
        runner.wait_until_ready()
        yield World(runner, clock, mail, Quick.idle)


@pytest.fixture
def world(running) -> World:
    """The same, at ten o'clock on a Monday."""
    running.clock.set(MONDAY)
    return running
