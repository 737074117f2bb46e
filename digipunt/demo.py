"""`digipunt demo`: serves from a folder filled with synthetic data, and shows that it is synthetic.

It is filled over HTTP, as any client would. Every id follows from the seed, so a filling that was interrupted goes on where it
was, and one of yesterday only gets today's data added.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid5

import eventlet
from rich.console import Console
from rich.progress import Progress

import services
from chassis.clock import SystemClock, local_day
from chassis.errors import ConfigurationError
from chassis.http.auth import issue
from chassis.run import Runner
from chassis.runtime import logs
from digipunt import demo_loans
from digipunt.client import ApiError, Client
from digipunt.demo_data import POINTS, SPACE, DemoData, generate
from digipunt.demo_loans import Lending, Loan
from digipunt.folder import DataFolder, default
from digipunt.front_page import DEMO, FrontPage
from digipunt.serve import announce

BATCH = 500


def demo(*, port: int | None, data: Path | None, seed: int) -> None:
    """Serve the demo until SIGTERM or Ctrl-C."""
    folder = DataFolder(data or default().with_name("digipunt-demo"))
    folder.prepare(deployment=DEMO)
    with folder.alone():
        settings = folder.settings(port=port)
        if settings.deployment != DEMO:
            raise ConfigurationError(
                f"{folder.path} belongs to {settings.deployment!r}: made-up data has no place in it, choose another --data"
            )
        logs.configure(settings.log)
        runner = Runner(settings, services.load())
        page = FrontPage(runner)
        runner.start()
        announce(runner, page)
        print("Demo: alle gegevens zijn verzonnen.", file=sys.stderr, flush=True)
        eventlet.spawn(_fill_or_fail, runner, folder.path / "demo.json", seed)
        runner.run()


def _fill_or_fail(runner: Runner, marker: Path, seed: int) -> None:
    try:
        _fill_if_needed(runner, marker, seed)
    except Exception as error:
        if not runner.stopping:
            runner.fail(error)


def _fill_if_needed(runner: Runner, marker: Path, seed: int) -> None:
    now = SystemClock().now()
    today = local_day(now)
    filled = json.loads(marker.read_text()) if marker.exists() else None
    if filled == {"seed": seed, "until": str(today)}:
        return
    settings = runner.settings
    token = issue(settings, "coordinator", settings.municipalities, subject="demo", days=1)
    client = Client(runner.address, token, None, role="coordinator")
    fill(client, generate(seed, now), now)
    fill_lending(client, demo_loans.generate(seed, today))
    marker.write_text(json.dumps({"seed": seed, "until": str(today)}))
    print("Demo: gevuld.", file=sys.stderr, flush=True)


def fill(client: Client, data: DemoData, now: datetime) -> None:
    """Send the demo's data; what is there already is left alone."""
    today = local_day(now)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Demo vullen", total=len(data.visits) + len(data.cards) + len(data.sessions))
        for point in POINTS:
            client.put(f"/visits/v1/digipunts/{point.id}", point.body)
        codes = {}
        for card in data.cards:
            codes[card] = client.put(f"/visits/v1/cards/{card}", {})[1]["code"]
            progress.advance(task)
        for start in range(0, len(data.visits), BATCH):
            batch = [_with_code(visit, codes) for visit in data.visits[start : start + BATCH]]
            answer = client.post("/visits/v1/visits/batch", {"items": batch})
            refused = [item for item in answer["items"] if item["status"] not in (200, 201)]
            if refused:
                raise RuntimeError(f"the demo's own data was refused: {refused[0]}")
            progress.advance(task, len(batch))
        for session in data.sessions:
            _send_session(client, session, now)
            progress.advance(task)
        for number, feedback in enumerate(data.feedback):
            client.post(
                "/visits/v1/feedback", feedback, key=str(uuid5(SPACE, f"feedback {number} {feedback['day']}"))
            )
        for follow_up in data.follow_ups:
            id = follow_up["id"]
            client.put(f"/visits/v1/followUps/{id}", {k: v for k, v in follow_up.items() if k != "id"})
            if date.fromisoformat(follow_up["dueOn"]) < today:
                client.post(f"/visits/v1/followUps/{id}/done", {}, key=f"done-{id}")


def fill_lending(client: Client, lending: Lending) -> None:
    """Send the demo's lending; what is there already is left alone, even what somebody who tries the demo did with it."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Uitlenen vullen", total=len(lending.loans))
        for kind, bodies in (("devices", lending.devices), ("borrowers", lending.borrowers)):
            for id, body in bodies.items():
                with _as_it_is():
                    client.put(f"/loans/v1/{kind}/{id}", body)
        for loan in lending.loans:
            with _as_it_is():
                _send_loan(client, loan)
            progress.advance(task)


def _send_loan(client: Client, loan: Loan) -> None:
    path = f"/loans/v1/loans/{loan.id}"
    body = {"borrower": loan.borrower, "devices": loan.devices, "digipunt": loan.digipunt}
    state = client.put(path, body)[1]["state"]
    if state == "ready":
        days = {"handedOverOn": str(loan.handed_over_on), "dueOn": str(loan.due_on)}
        state = client.post(f"{path}/handOver", days)["state"]
    if loan.returned_on is None:
        return
    if state == "handedOver" and loan.lost:
        client.post(f"{path}/lost", {"lostOn": str(loan.returned_on)})
    elif state == "handedOver":
        state = client.post(f"{path}/return", {"returnedOn": str(loan.returned_on)})["state"]
    if state == "returned":
        client.post(f"{path}/check", {"condition": loan.condition, "wiped": True})


@contextmanager
def _as_it_is() -> Iterator[None]:
    """Leave alone what somebody has changed since."""
    try:
        yield
    except ApiError as error:
        if error.status != 409:
            raise


def _with_code(visit: dict[str, Any], codes: dict[str, str]) -> dict[str, Any]:
    return {**visit, "card": codes[visit["card"]]} if "card" in visit else visit


def _send_session(client: Client, session: dict[str, Any], now: datetime) -> None:
    counts = ("id", "registered", "present", "walkIn")
    path = f"/visits/v1/sessions/{session['id']}"
    client.put(path, {name: value for name, value in session.items() if name not in counts})
    for number in range(session["registered"]):
        client.put(f"{path}/registrations/{uuid5(SPACE, f'registration {path} {number}')}", {"seats": 1})
    if datetime.fromisoformat(session["endsAt"]) < now:
        present, walk_in = session["present"], session["walkIn"]
        attendance = {"present": present + walk_in, "registered": present, "walkIn": walk_in}
        client.post(f"{path}/held", attendance, key=f"held-{session['id']}")
