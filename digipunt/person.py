"""`digipunt person export|erase ID`: asks each service, and says plainly what one that is away has still to do.

Who owns the person erases at once and tells the others, who do so when they are there: so a run of `erase` that could not
finish needs no second one for the data to go, only for the certificate to be complete.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

import services
from chassis.errors import DigipuntError, NotFound, Unavailable
from common.pdf import PdfRenderer
from common.persons import REASONS
from digipunt import certificate as paper
from digipunt.client import ApiError, Client

KEEPERS = tuple(name for name in services.NAMES if name != "reporting")
"""The services that keep something of people; reporting counts, and knows nobody."""

PATIENCE = 10.0
"""Seconds to wait for what follows by events."""


def export(id: str, out: Path | None, reason: str, url: str, token: str | None, data: Path | None) -> None:
    """Write all that is kept of a person. Raises Unavailable when a service is away: half an answer would be a wrong one."""
    id, body = _checked(id, reason)
    kept: dict[str, Any] = {}
    with _client(url, token, data) as client:
        for service in KEEPERS:
            answer = _ask(client, "POST", f"/{service}/v1/persons/{id}/export", body)
            if answer is not None:
                kept[service] = answer["kept"]
    elsewhere = _left_out(url, KEEPERS)
    if not kept:
        raise _nobody(url, elsewhere)
    if elsewhere:
        print(f"not asked: {', '.join(elsewhere)}, not at {url}", file=sys.stderr)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    text = json.dumps({"person": id, "made": made, "services": kept}, ensure_ascii=False, indent=2)
    if out is None:
        print(text)
        return
    try:
        out.touch(mode=0o600)
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise DigipuntError(f"{out} cannot be written: {error.strerror}") from None


def erase(
    id: str,
    certificate: Path | None,
    reason: str,
    language: str,
    url: str,
    token: str | None,
    data: Path | None,
) -> None:
    """Erase a person and print what each service did. Raises Unavailable when one has still to do its part."""
    id, body = _checked(id, reason)
    if language not in paper.LANGUAGES:
        raise DigipuntError(f"--language takes {', '.join(paper.LANGUAGES)}")
    done: dict[str, list[dict[str, Any]]] = {}
    stays: set[str] = set()
    away: set[str] = set()
    waits: set[str] = set()
    with _client(url, token, data) as client:
        for service in KEEPERS:
            if service == "visits":
                continue  # It owns nobody, and follows who does.
            try:
                answer = _ask(client, "POST", f"/{service}/v1/persons/{id}/erase", body)
            except Unavailable:
                away.add(service)
                continue
            if answer is not None:
                done[service] = answer["steps"]
                waits |= {*answer.get("waitsFor", ())}
                stays |= {service} if answer.get("staysElsewhere") else set()
        if not done and not away:
            raise _nobody(url, _left_out(url, KEEPERS))
        waits = _wait(client, id, waits - set(done), done)
    left_out = _left_out(url, waits | away)
    missing: dict[str, paper.Why] = {
        service: "leftOut" if service in left_out else "missing" for service in sorted(waits | away)
    }
    missing |= dict.fromkeys(sorted(stays), "elsewhere")
    print(paper.text(id, done, missing, language))
    if certificate is not None:
        _write(certificate, PdfRenderer().render(paper.html(id, done, missing, language)))
    late = [service for service, why in missing.items() if why == "missing"]
    if late:
        raise Unavailable(f"not yet done: {', '.join(late)}. Run this again when they are there")


def _wait(client: Client, id: str, waits: set[str], done: dict[str, list[dict[str, Any]]]) -> set[str]:
    """Those that have not answered for themselves after a while; what the others did goes into `done`."""
    until = time.monotonic() + PATIENCE
    while waits:
        for service in sorted(waits):
            try:
                answer = _ask(client, "GET", f"/{service}/v1/persons/{id}/erasure")
            except Unavailable:
                continue
            if answer is not None:
                done[service] = answer["steps"]
        waits = waits - set(done)
        if not waits or time.monotonic() > until:
            return waits
        time.sleep(0.2)
    return waits


def _checked(id: str, reason: str) -> tuple[str, dict[str, Any]]:
    if reason not in REASONS:
        raise DigipuntError(f"--reason takes {', '.join(REASONS)}")
    try:
        return str(UUID(id)), {"reason": reason}
    except ValueError:
        raise DigipuntError("this is not an id: take the one that the desk shows beside the person") from None


@contextmanager
def _client(url: str, token: str | None, data: Path | None) -> Iterator[Client]:
    yield Client(url, token, data, role="coordinator", patience=PATIENCE)


def _ask(client: Client, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """The answer; None when nothing is kept there. Raises Unavailable when the service is away."""
    try:
        return client.post(path, body) if method == "POST" and body is not None else client.get(path)
    except NotFound:
        return None
    except ApiError as error:
        if error.status in (502, 503, 504):
            raise Unavailable(str(error)) from None
        raise


def _left_out(url: str, asked: Iterable[str]) -> list[str]:
    """Those that this deployment does not have: where one would stand, nobody knows the way."""
    return [service for service in sorted(asked) if _is_left_out(url, service)]


def _is_left_out(url: str, service: str) -> bool:
    """Whether this deployment has no such service: where it stood, nobody knows the way."""
    try:
        answer = httpx.get(f"{url}/{service}/health/live", timeout=PATIENCE, trust_env=False)
    except httpx.TransportError:
        return False
    return answer.status_code == 404


def _nobody(url: str, elsewhere: list[str]) -> DigipuntError:
    """Nothing is kept; or it is kept where nobody was asked, as when `url` is the address of one service alone."""
    missing = f". {', '.join(elsewhere)}: not at {url}; is that where all services are?" if elsewhere else ""
    return DigipuntError(
        f"nothing is kept of a person with this id, in the municipalities that you see{missing}"
    )


def _write(path: Path, content: bytes) -> None:
    try:
        path.touch(mode=0o600)
        path.write_bytes(content)
    except OSError as error:
        raise DigipuntError(f"{path} cannot be written: {error.strerror}") from None
