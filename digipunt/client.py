"""Talks to the running services over HTTP, as any other client does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import tenacity

from chassis.errors import ConfigurationError, DigipuntError, NotFound, TooOften, Unavailable
from chassis.http import problems
from chassis.http.auth import issue
from digipunt.folder import settings_of

TIMEOUT = 30.0
RETRY_SECONDS = 60.0
TURNS = 10
"""How often it waits for its turn when it asks too often, as long as the services say."""
EDGE_SECONDS = 10


class ApiError(DigipuntError):
    """The service refused; the message is the detail of its problem."""

    def __init__(self, problem: dict[str, Any], status: int) -> None:
        issues = [f"{each.get('name', '')}: {each.get('detail', '')}" for each in problem.get("issues", ())]
        super().__init__("; ".join([problem.get("detail") or f"answer {status}", *issues]))
        self.status = status


class Client:
    """The services at `url`, asked with `token`, or with one made from the keys in the data folder."""

    def __init__(
        self,
        url: str,
        token: str | None,
        data: Path | None,
        *,
        role: str,
        language: str = "en",
        patience: float = RETRY_SECONDS,
    ) -> None:
        """`patience` is how many seconds a service may be away."""
        if token is None:
            settings = settings_of(data)
            try:
                token = issue(settings, role, settings.municipalities, subject="command line")
            except ValueError as error:
                raise ConfigurationError(f"{error}: give --token, or run this where it is") from None
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
        self._retrying = _retrying(patience)
        self._http = httpx.Client(base_url=url, headers=headers, timeout=TIMEOUT, trust_env=False)

    def get(self, path: str, **query: Any) -> Any:
        """The JSON at `path`."""
        return self._ask("GET", path, params=query)

    def put(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Create; returns the status and the JSON."""
        return self._send("PUT", path, json=body)

    def post(self, path: str, body: dict[str, Any], *, key: str | None = None) -> Any:
        """Ask for something to be done; `key` is the Idempotency-Key that makes a resend harmless."""
        return self._ask("POST", path, json=body, headers={"Idempotency-Key": key} if key else {})

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        return self._send(method, path, **options)[1]

    def _send(self, method: str, path: str, **options: Any) -> tuple[int, Any]:
        try:
            answer = _IN_TURN(self._retrying, self._once, method, path, options)
        except TooOften as error:
            raise Unavailable("the services are too busy with what this token asks") from error
        except httpx.TransportError as error:
            raise Unavailable(
                f"the services do not answer: {error}. Are they running, and is --url right?"
            ) from error
        body = answer.json() if answer.content else None
        if answer.status_code == 404:
            raise NotFound(f"resource at {path}")
        if answer.is_error:
            raise ApiError(body or {}, answer.status_code)
        return answer.status_code, body

    def _once(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        answer = self._http.request(method, path, **options)
        if answer.status_code in (502, 503):
            raise Unavailable("the service is away for now")
        if answer.status_code == 429 and _comes_too_often(answer):
            raise TooOften("tooManyRequests", _seconds(answer.headers.get("retry-after", "")))
        return answer


def _comes_too_often(answer: httpx.Response) -> bool:
    """Whether waiting helps: who was wrong too often hears so, and the wait may take an hour."""
    try:
        return bool(answer.json()["type"] == problems.TOO_MANY_REQUESTS.urn)
    except (ValueError, LookupError, TypeError):
        return False


def _seconds(retry_after: str) -> int:
    return int(retry_after) if retry_after.isdecimal() else EDGE_SECONDS


def _until_told(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return float(error.retry_after) if isinstance(error, TooOften) else 0.0


_IN_TURN = tenacity.Retrying(
    retry=tenacity.retry_if_exception_type(TooOften),
    wait=_until_told,
    stop=tenacity.stop_after_attempt(TURNS),
    reraise=True,
)


def _retrying(patience: float) -> tenacity.Retrying:
    return tenacity.Retrying(
        retry=tenacity.retry_if_exception_type((Unavailable, httpx.ReadError, httpx.RemoteProtocolError)),
        wait=tenacity.wait_random_exponential(0.2, max=5),
        stop=tenacity.stop_after_delay(patience),
        reraise=True,
    )
