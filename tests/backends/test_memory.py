"""The promises on one laptop: SQLite and the broker inside the process."""

from uuid import uuid4

import pytest

from chassis.broker import memory
from tests.backends.cases import BackendCases
from tests.backends.deployment import Backend
from tests.backends.spine_cases import SpineCases


class TestMemory(BackendCases, SpineCases):
    @pytest.fixture
    def backend(self, tmp_path):
        name = f"b{uuid4().hex}"
        urls = {service: f"sqlite:///{tmp_path / service}.sqlite" for service in ("visits", "reporting")}
        yield Backend(f"memory://{name}", urls)
        memory.forget(name)
