"""What the edge itself says is a problem like those of the services: a code, and a text in the caller's language."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.processes import free_port, wait_until

EDGE = Path(__file__).parents[2] / "deploy" / "edge"


def test_the_texts_are_those_of_the_catalogue():
    """`deploy/edge/refusals.conf` is made from it, and each problem in `nginx.conf` uses one."""
    script = EDGE.parents[1] / "scripts" / "checks" / "edge_refusals.py"
    result = subprocess.run([sys.executable, "-P", script], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[str]:
    """The address of an nginx that refuses everything as the edge does when a service is away."""
    [problem] = [line for line in (EDGE / "nginx.conf").read_text().splitlines() if "serviceAway" in line]
    port = free_port()
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/log; daemon off; events {{}}\n"
        f"http {{ access_log off; include {EDGE}/refusals.conf;\n"
        + "".join(f"{each}_temp_path {tmp_path}/{each};\n" for each in TEMPORARY)
        + f"server {{ listen 127.0.0.1:{port}; set $service loans; location / {{\n{problem}\n}} }} }}\n"
    )
    process = subprocess.Popen(["nginx", "-c", str(conf)], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    wait_until(lambda: answers(address), "nginx")
    yield address
    process.terminate()
    process.wait()


TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def answers(address: str) -> bool:
    try:
        return httpx.get(address).status_code == 503
    except httpx.TransportError:
        return False


@pytest.mark.skipif(
    shutil.which("nginx") is None, reason="nginx is not installed; the Compose tests try it too"
)
@pytest.mark.parametrize(
    ("accept", "beginning"),
    [
        (None, "The service loans is not running here"),
        ("*", "The service loans"),
        ("nl-BE,fr;q=0.5", "De dienst loans is er hier niet"),
        ("fr", "Le service loans n’est pas là"),
        ("EN-us", "The service loans"),
        ("tr", "De dienst loans"),
    ],
)
def test_a_service_that_is_away_is_told_in_the_language_of_the_caller(edge, accept, beginning):
    """The same choice of language as in the services, as far as a proxy can make it."""
    headers = {"Accept-Language": accept} if accept else {}
    problem = httpx.get(edge, headers=headers).json()
    assert problem["code"] == "serviceAway"
    assert problem["detail"].startswith(beginning)
