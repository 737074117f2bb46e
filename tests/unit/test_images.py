"""Images of others: which they are is said in one way, and scripts/pin-images writes their digests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DIGEST = "sha256:" + "0123456789abcdef" * 4

DOCKER = f"""#!/usr/bin/env bash
# A docker with these images, which notes what is pulled.
case "$1 $2" in
"pull --quiet") echo "$3" >>"$(dirname "$0")/pulled" ;;
"image inspect")
  case "${{@: -1}}" in
  ${{UNKNOWN:-none}}*) echo ;;
  *) printf '%s\\n\\n' "elsewhere.example.be/mirror@sha256:ff" "$(echo "${{@: -1}}" | sed 's/:.*//')@{DIGEST}" ;;
  esac ;;
esac
"""


@pytest.fixture
def pin(tmp_path: Path):
    """Run `scripts/pin-images` in a folder of its own; the result, and what is in `.env` afterwards."""
    for name in ("docker-compose.yml", "scripts/pin-images"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    docker = tmp_path / "bin/docker"
    docker.write_text(DOCKER)
    docker.chmod(0o755)
    env = tmp_path / ".env"
    env.write_text("DIGIPUNT_PORT=8000")  # As an editor may leave it, without an end.

    def run(*arguments: str, **settings: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        path = f"{tmp_path}/bin:{os.environ['PATH']}"
        done = subprocess.run(
            [tmp_path / "scripts/pin-images", *arguments],
            env={"PATH": path, **settings},
            capture_output=True,
            text=True,
        )
        return done, env.read_text().splitlines()

    return run


@pytest.mark.case("security L14")
def test_images_are_pinned_by_digest(pin, tmp_path):
    """Each is pulled, and named with the digest that it has under its own name; running it again changes nothing."""
    done, env = pin()
    assert done.returncode == 0, done.stderr
    assert env == [
        "DIGIPUNT_PORT=8000",
        f"DIGIPUNT_NGINX_IMAGE=nginx:stable@{DIGEST}",
        f"DIGIPUNT_POSTGRES_IMAGE=postgres:17-trixie@{DIGEST}",
        f"DIGIPUNT_PYTHON_IMAGE=python:3.13-slim-trixie@{DIGEST}",
        f"DIGIPUNT_RABBITMQ_IMAGE=rabbitmq:4-management@{DIGEST}",
    ]
    assert len((tmp_path / "bin/pulled").read_text().split()) == 4
    assert pin()[1] == env


def test_images_that_are_here_are_pinned_without_the_network(pin, tmp_path):
    done, env = pin("--here")
    assert (done.returncode, len(env), (tmp_path / "bin/pulled").exists()) == (0, 5, False)


def test_an_image_without_a_digest_is_told_of(pin):
    """One that was loaded and not pulled has none: then nothing is pinned, and what was stays."""
    before = pin()[1]
    done, env = pin("--here", UNKNOWN="postgres")
    assert (done.returncode, env) == (1, before)
    assert "postgres:17-trixie has no digest" in done.stderr


def test_tags_come_back(pin):
    pin()
    assert pin("--tags")[1] == ["DIGIPUNT_PORT=8000"]
    assert pin("--other")[0].returncode == 2


def judged(root: Path) -> str:
    """What `scripts/check` says of the images in this folder."""
    (root / "scripts/checks").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "scripts/checks/images.py", root / "scripts/checks")
    script = root / "scripts/checks/images.py"
    return subprocess.run([sys.executable, "-P", script], capture_output=True, text=True).stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files that name images."""
    (tmp_path / "deploy").mkdir()
    for path in (ROOT / "Dockerfile", ROOT / "docker-compose.yml", *(ROOT / "deploy").glob("*.yml")):
        shutil.copy(path, tmp_path / path.relative_to(ROOT))
    return tmp_path


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("docker-compose.yml", "nginx:stable", "nginx:stable", ""),
        (
            "docker-compose.yml",
            "${DIGIPUNT_NGINX_IMAGE:-nginx:stable}",
            "nginx:stable",
            "another one tomorrow",
        ),
        ("docker-compose.yml", "${DIGIPUNT_NGINX_IMAGE:-nginx:stable}", "nginx:1.28.0", ""),
        ("docker-compose.yml", "${DIGIPUNT_NGINX_IMAGE:-nginx:stable}", f"nginx@{DIGEST}", ""),
        ("docker-compose.yml", "${DIGIPUNT_NGINX_IMAGE:-nginx:stable}", "nginx", "another one tomorrow"),
        ("docker-compose.yml", ":-nginx:stable", ":-nginx:latest", "says nothing"),
        ("deploy/swarm.yml", ":-postgres:17-trixie", ":-postgres:16", "elsewhere"),
        ("Dockerfile", "=python:3.13-slim-trixie", "=python:3.12", "docker-compose.yml says"),
        ("Dockerfile", "FROM $PYTHON AS desk", "FROM node:22 AS desk", "make it an argument"),
    ],
)
def test_an_image_that_cannot_be_pinned_is_found(copy, file, old, new, said):
    """By `scripts/check`, in each file that names one."""
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new))
    found = judged(copy)
    assert said in found if said else found == ""
