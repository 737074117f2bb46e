"""Asks the advisory service (OSV, https://osv.dev) about every dependency in the lock files: of Python, of the desk, of a test.

Exit 1 when one is known to be vulnerable. Where the service does not answer, nothing is known and nothing fails: it says so.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICE = "https://api.osv.dev/v1/querybatch"
TIMEOUT = 15.0
PYTHON = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "requirements-web.txt")
NODE = ("web/package-lock.json", "tests/e2e/issuer/package-lock.json")

ACCEPTED: dict[str, str] = {}
"""Advisories that do not touch us, each with why."""

Package = tuple[str, str, str]
"""Ecosystem, name, version."""


def locked(root: Path = ROOT) -> set[Package]:
    """Every dependency of the lock files, once."""
    return {each for file in PYTHON for each in _python(root / file)} | {
        each for file in NODE for each in _node(root / file)
    }


def _python(file: Path) -> Iterator[Package]:
    for name, version in re.findall(
        r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", file.read_text(), re.MULTILINE
    ):
        yield "PyPI", name, version


def _node(file: Path) -> Iterator[Package]:
    for path, told in json.loads(file.read_text())["packages"].items():
        if path and "version" in told:
            yield "npm", path.split("node_modules/")[-1], told["version"]


def advisories(packages: list[Package], service: str = SERVICE) -> list[tuple[Package, str]] | None:
    """What is known of these packages; None when the service does not answer."""
    queries = [
        {"package": {"ecosystem": ecosystem, "name": name}, "version": version}
        for ecosystem, name, version in packages
    ]
    request = urllib.request.Request(  # noqa: S310 - an address of ours
        service, json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - as above
            results = json.load(answer)["results"]
        return [
            (package, vulnerability["id"])
            for package, result in zip(packages, results, strict=True)
            for vulnerability in result.get("vulns", ())
            if vulnerability["id"] not in ACCEPTED
        ]
    except (urllib.error.URLError, OSError, LookupError, TypeError, ValueError):
        return None


def main(service: str = SERVICE) -> int:
    """The exit code, once it has said what it found."""
    packages = sorted(locked())
    found = advisories(packages, service)
    if found is None:
        print(f"The advisory service does not answer: nothing is said about {len(packages)} dependencies.")
        return 0
    for (ecosystem, name, version), id in found:
        print(f"{ecosystem} {name} {version}: https://osv.dev/vulnerability/{id}")
    print(f"{len(packages)} dependencies, {len(found)} advisories.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
