"""A real browser in tests: one Chromium for many, or one of its own for a test that closes, kills and opens it again.

Whatever a page does that it may not is noted, and fails the test at its end: an error on the console, a breach of the content
policy, an exception that nobody caught, a file of the app that is not there, a request to another origin.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import eventlet
import greenlet
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    PlaywrightContextManager,
    Request,
    Response,
    expect,
    sync_playwright,
)

from tests.support.processes import program, wait_until

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Containers give /dev/shm 64 MB.
    "--disable-dev-shm-usage",
]
PATIENCE_MS = 30_000
"""How long a step may take, and what is awaited may stay away. Machines that test are busy."""

expect.set_options(timeout=PATIENCE_MS)

OF_THE_NETWORK = ("Failed to load resource",)
"""Chromium says on the console too what a test sees in the answer itself; missing files of the app are noted apart."""


@dataclass
class Watch:
    """What the pages of one context did that they may not."""

    origin: str
    faults: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    requests: int = 0

    def allow(self, *texts: str) -> None:
        """Faults that hold one of these texts are what the test is about."""
        self.allowed += texts

    def over(self, context: BrowserContext) -> None:
        """Watch every page of `context`, also those that open later."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"uncaught: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def check(self) -> None:
        """Raise AssertionError when there was a fault."""
        found = [fault for fault in self.faults if not any(text in fault for text in self.allowed)]
        self.faults.clear()
        assert not found, "\n".join(found)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(OF_THE_NETWORK):
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("data", "blob", "about", "chrome-error"):
            return
        self.requests += 1
        origin = f"{address.scheme}://{address.netloc}"
        self.origins.add(origin)
        if origin != self.origin:
            self.faults.append(f"a request to another origin: {request.method} {request.url}")

    def _response(self, response: Response) -> None:
        path = urlsplit(response.url).path
        if response.status >= 400 and path.startswith(
            ("/assets/", "/icons/", "/themes/", "/sw.js", "/manifest")
        ):
            self.faults.append(f"{response.status} for {path}")


class Chromium:
    """The browser of this machine, driven by Playwright."""

    def __init__(self) -> None:
        self.path = program("chromium", package="chromium")
        _let_asyncio_wait()
        self._manager = sync_playwright()
        self._running: Playwright = self._manager.start()
        self._shared: Browser | None = None

    @property
    def version(self) -> str:
        """Which Chromium it is."""
        return self._browser.version

    @property
    def _browser(self) -> Browser:
        if self._shared is None:
            self._shared = self._running.chromium.launch(executable_path=self.path, args=ARGUMENTS)
        return self._shared

    @contextmanager
    def context(self, origin: str, **options: Any) -> Iterator[tuple[BrowserContext, Watch]]:
        """A context without a past, in the browser that tests share; `options` are those of Playwright."""
        made = self._browser.new_context(base_url=origin, **(DEFAULTS | options))
        made.set_default_timeout(PATIENCE_MS)
        watch = Watch(origin)
        watch.over(made)
        try:
            yield made, watch
        finally:
            made.close()
        watch.check()

    def laptop(self, origin: str, profile: Path, **options: Any) -> Laptop:
        """A browser of its own, which keeps what it stores in `profile` when it is closed or killed."""
        return Laptop(self._running, self.path, origin, profile, DEFAULTS | options)

    def remove(self) -> None:
        """Close it."""
        if self._shared is not None:
            self._shared.close()
        _stop(self._manager)


def _let_asyncio_wait() -> None:
    """Give asyncio the plain `os.read` and `os.write` back.

    It waits by itself for a pipe that is full. eventlet's own would wait in the hub, from whatever greenlet they are called in;
    one in which Playwright handles an event would end there, and Playwright's loop would not go on.
    """
    plain, own = eventlet.patcher.original("os"), ModuleType("os")
    vars(own).update(vars(os) | {"read": plain.read, "write": plain.write})
    vars(asyncio.unix_events)["os"] = own


def _stop(manager: PlaywrightContextManager) -> None:
    """End Playwright.

    eventlet's hub becomes the parent of each greenlet that waits in it, so the one in which Playwright's loop runs ends in the
    hub, and nothing would come back here.
    """
    here, loop = greenlet.getcurrent(), manager._dispatcher_fiber

    def come_back() -> None:
        while not loop.dead:
            eventlet.sleep(0.01)
        here.switch()

    watching = eventlet.spawn(come_back)
    manager.__exit__()
    watching.kill()


DEFAULTS: dict[str, Any] = {
    "locale": "nl-BE",
    "timezone_id": "Europe/Brussels",
    "viewport": {"width": 1280, "height": 800},
}


class Laptop:
    """A browser whose profile outlives it: what a helper has on the table."""

    def __init__(
        self, playwright: Playwright, path: Path, origin: str, profile: Path, options: dict[str, Any]
    ) -> None:
        self.watch = Watch(origin)
        self.profile = profile
        self._playwright = playwright
        self._path = path
        self._origin = origin
        self._options = options
        self._context: BrowserContext | None = None

    @property
    def context(self) -> BrowserContext:
        """The browser's context, opened when it is asked for."""
        if self._context is None:
            self._context = self._playwright.chromium.launch_persistent_context(
                self.profile,
                executable_path=self._path,
                args=ARGUMENTS,
                base_url=self._origin,
                **self._options,
            )
            self._context.set_default_timeout(PATIENCE_MS)
            self.watch.over(self._context)
        return self._context

    @property
    def page(self) -> Page:
        """The first tab."""
        return self.context.pages[0] if self.context.pages else self.context.new_page()

    def offline(self, away: bool = True) -> None:
        """No network, also for the service worker; `offline(False)` brings it back."""
        self.context.set_offline(away)

    def close(self) -> None:
        """Close the browser as people do."""
        if self._context is not None:
            self._context.close()
            self._context = None

    def kill(self) -> None:
        """Pull the plug: SIGKILL for the browser and all that it started, nothing said before."""
        for pid in self.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        wait_until(lambda: not self.processes(), "the browser to be gone")
        self._context = None
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()

    def processes(self) -> list[int]:
        """The processes of this browser that still run."""
        named = f"--user-data-dir={self.profile}".encode()
        folders = (each for each in Path("/proc").iterdir() if each.name.isdigit())
        return [int(folder.name) for folder in folders if named in _arguments(folder)]


def _arguments(process: Path) -> list[bytes]:
    """What a process was started with; nothing when it has ended."""
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
