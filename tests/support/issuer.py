"""An OpenID Connect issuer of others (`oidc-provider` of npm), in a process of its own, with keys that a test has too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.processes import end, wait_until

FOLDER = Path(__file__).parents[1] / "e2e" / "issuer"
CLAIMS = FOLDER / "claims.yaml"


class Key:
    """A key of the issuer."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def jwk(self) -> dict[str, Any]:
        """As the issuer's program takes it."""
        told: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(self.private, as_dict=True)
        return told | {"kid": self.id, "use": "sig", "alg": "RS256"}

    def signed(self, issuer: str, algorithm: str = "RS256", key: Any = None, **claims: Any) -> str:
        """A token as the issuer makes it, with these claims instead of its own."""
        own = {
            "iss": issuer,
            "aud": "digipunt",
            "sub": "an",
            "exp": time.time() + 60,
            "realm_access": {"roles": ["digipunt-coordinator"]},
            "nis": ["24107"],
        }
        return jwt.encode(own | claims, key or self.private, algorithm, headers={"kid": self.id})


def fetched() -> None:
    """The issuer's program is there, or the test is skipped."""
    if (FOLDER / "node_modules" / "oidc-provider").is_dir():
        return
    npm = shutil.which("npm")
    if npm is not None:
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=FOLDER,
            check=False,
        )
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        assert os.environ.get("CI") != "true", "the issuer cannot be fetched"
        pytest.skip("the issuer cannot be fetched from the registry of npm")


@contextmanager
def issuing(port: int, desk: str, key: Key, folder: Path) -> Iterator[str]:
    """The address of an issuer with this key, to whose tokens the desk at `desk` sends people."""
    node = shutil.which("node")
    assert node is not None
    keys = folder / f"{key.id}.json"
    keys.write_text(json.dumps({"keys": [key.jwk()]}))
    with (folder / "issuer.log").open("ab") as output:
        process = subprocess.Popen(
            [node, FOLDER / "issuer.mjs", str(port), desk, keys], stdout=output, stderr=output
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until(lambda: _answers(address), "the issuer")
            yield address
        finally:
            end(process)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/.well-known/openid-configuration", timeout=5).status_code == 200
    except httpx.TransportError:
        return False
