"""Threads that run one at a time, and only when they are told to; time that passes only when it is told to.

What a service does in threads of its own runs here in greenlets. Each gives way wherever something outside it could happen:
at a fault point, before a transaction, before it speaks to the broker, and where it waits. Who goes on is for the schedule to
say, so the same schedule gives the same run.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from greenlet import GreenletExit, getcurrent, greenlet

from chassis.faults import FaultPoints

BEGIN = datetime(2026, 3, 4, 8, tzinfo=UTC)


class Crash(BaseException):
    """The process is dead: what runs in it ends here, and nothing that it still tries has an effect."""


class Process:
    """One process of a service, with its threads, its connections to the broker and its own wall clock."""

    def __init__(self, scheduler: Scheduler, name: str) -> None:
        self.scheduler = scheduler
        self.name = name
        self.alive = True
        self.tasks: list[Task] = []
        self.wires: list[Any] = []
        self.offset = 0.0
        """Seconds that its wall clock is ahead."""

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.scheduler.now + self.offset)

    def monotonic(self) -> float:
        return self.scheduler.now

    def die(self) -> None:
        """End all its threads where they stand."""
        self.alive = False
        for task in self.tasks:
            task.throw(Crash)
        self.tasks.clear()


class Task:
    """One thread of a process: `at` says where it stands, `condition` and `until` what it waits for."""

    def __init__(self, process: Process, name: str, function: Callable[[], Any]) -> None:
        self.process = process
        self.name = f"{process.name}.{name}"
        self.at = "start"
        self.condition: Callable[[], bool] | None = None
        self.until: float | None = None
        self.dying = False
        self.error: Exception | None = None
        self.greenlet = greenlet(lambda: self._run(function))

    def is_alive(self) -> bool:
        return not self.greenlet.dead

    def join(self, timeout: float | None = None) -> None:
        """Return when it has ended, or after `timeout` seconds."""
        self.process.scheduler.wait(lambda: self.greenlet.dead, timeout, "join")

    def kill(self) -> None:
        """End it wherever it is."""
        self.throw(GreenletExit)

    def throw(self, error: type[BaseException]) -> None:
        if self.greenlet.dead:
            return
        self.dying = True
        self.greenlet.parent = getcurrent()
        # What has not begun yet lets it pass.
        with suppress(Crash):
            self.greenlet.throw(error)

    def is_ready(self, now: float) -> bool:
        return self.condition is None or (self.until is not None and self.until <= now) or self.condition()

    def _run(self, function: Callable[[], Any]) -> None:
        try:
            function()
        except (Crash, GreenletExit):
            pass
        except Exception as error:
            self.error = error


class Scheduler:
    """Knows all threads; `now` is the one clock that never jumps, in seconds."""

    def __init__(self, on_error: Callable[[Task, Exception], None]) -> None:
        self.now = 0.0
        self.current: Task | None = None
        self.tasks: list[Task] = []
        self._main = getcurrent()
        self._on_error = on_error

    def spawn(self, process: Process, name: str, function: Callable[[], Any]) -> Task:
        """A new thread, which runs when it is first told to."""
        if not process.alive:
            raise Crash
        task = Task(process, name, function)
        process.tasks.append(task)
        self.tasks.append(task)
        return task

    def spawner(self, process: Process, prefix: str) -> Callable[[Callable[[], None]], Task]:
        """What `chassis.inbox.consumer` starts its threads with."""
        return lambda function: self.spawn(process, f"{prefix}.{getattr(function, '__name__', '')}", function)

    def ready(self) -> list[Task]:
        """The threads that can go on."""
        now = self.now
        return [task for task in self.tasks if task.is_ready(now)]

    def next_deadline(self) -> float | None:
        """When the first thread that waits gives up waiting."""
        return min((task.until for task in self.tasks if task.until is not None), default=None)

    def run(self, task: Task) -> None:
        """Let this thread go on until it gives way."""
        self.current = task
        task.greenlet.parent = self._main
        task.greenlet.switch()
        self.current = None
        self.bury()
        if task.error is not None:
            self._on_error(task, task.error)

    def bury(self) -> None:
        """Forget the threads that have ended."""
        if any(task.greenlet.dead for task in self.tasks):
            self.tasks = [task for task in self.tasks if not task.greenlet.dead]

    def stand(self, at: str) -> None:
        """The current thread stands at a point where others may go first, or its process may die."""
        self._give_way(at, None, None)

    def wait(self, condition: Callable[[], bool], timeout: float | None, at: str) -> bool:
        """The current thread waits for `condition`, at most `timeout` seconds; whether it came."""
        if not condition():
            until = None if timeout is None else self.now + timeout
            self._give_way(at, condition, until)
        else:
            self._alive()
        return condition()

    def _give_way(self, at: str, condition: Callable[[], bool] | None, until: float | None) -> None:
        task = self._alive()
        if task is None:
            return
        task.at, task.condition, task.until = at, condition, until
        self._main.switch()
        task.condition = task.until = None
        self._alive()

    def _alive(self) -> Task | None:
        """The current thread, unless it has been ended."""
        current = getcurrent()
        task = self.current
        if task is None or task.greenlet is not current:
            if current is self._main:
                return None
            raise Crash
        if not task.process.alive:
            raise Crash
        if task.dying:
            raise GreenletExit
        return task


class Points(FaultPoints):
    """Gives way at each of `chassis.faults.POINTS`."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def reach(self, point: str) -> None:
        self._scheduler.stand(point)


class Event:
    """`threading.Event` for simulated threads."""

    scheduler: Scheduler

    def __init__(self) -> None:
        self._set = False

    def is_set(self) -> bool:
        return self._set

    def set(self) -> None:
        self._set = True

    def clear(self) -> None:
        self._set = False

    def wait(self, timeout: float | None = None) -> bool:
        return self.scheduler.wait(self.is_set, timeout, "wait")


class Lock:
    """`threading.Lock` for simulated threads."""

    def __init__(self) -> None:
        self._held = False

    def acquire(self, blocking: bool = True) -> bool:
        if blocking:
            Event.scheduler.wait(lambda: not self._held, None, "lock")
        taken, self._held = not self._held, True
        return taken

    def release(self) -> None:
        self._held = False

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *error: object) -> None:
        self.release()


class Threading:
    """Stands in for the module `threading` where the spine uses it."""

    Event = Event
    Lock = Lock


class Time:
    """Stands in for the module `time`."""

    @staticmethod
    def monotonic() -> float:
        return Event.scheduler.now

    time = monotonic
