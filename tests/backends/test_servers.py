"""The promises in a region: PostgreSQL and RabbitMQ."""

import pytest

from tests.backends.cases import BackendCases
from tests.backends.deployment import Backend
from tests.backends.spine_cases import SpineCases


class TestServers(BackendCases, SpineCases):
    @pytest.fixture
    def backend(self, rabbitmq, postgres):
        with rabbitmq.vhost() as broker_url:
            yield Backend(broker_url, {name: postgres.url_for(name) for name in ("visits", "reporting")})
