"""`digipunt events …`. Commands import what they need when they run, as in `digipunt.cli`."""

from __future__ import annotations

from typing import Annotated

import typer

from digipunt.options import LOCAL, Data, Token, Url

app = typer.Typer(no_args_is_help=True, help="Look at the events, and repair what could not be applied.")


@app.command("status")
def events_status(url: Url = LOCAL, token: Token = None, data: Data = None) -> None:
    """Position, head and lag of every subscription."""
    from digipunt.events import status

    status(url, token, data)


@app.command("tail")
def events_tail(
    service: Annotated[str, typer.Argument(help="Whose events.")] = "visits",
    count: Annotated[int, typer.Option(min=0, help="Stop after so many; 0 goes on until Ctrl-C.")] = 0,
    url: Url = LOCAL,
    token: Token = None,
    data: Data = None,
) -> None:
    """Show events as they come, one JSON a line."""
    from digipunt.events import tail

    tail(service, count, url, token, data)


@app.command("parked")
def events_parked(url: Url = LOCAL, token: Token = None, data: Data = None) -> None:
    """Show the events that could not be applied, with the reason."""
    from digipunt.events import parked

    parked(url, token, data)


@app.command("retry")
def events_retry(
    subject: Annotated[str | None, typer.Argument(help="Only this subject, such as visits/0197…")] = None,
    url: Url = LOCAL,
    token: Token = None,
    data: Data = None,
) -> None:
    """Apply parked events again, in order."""
    from digipunt.events import retry

    retry(subject, url, token, data)


@app.command("drop")
def events_drop(
    service: Annotated[str, typer.Argument(help="Which service set it aside, such as reporting.")],
    id: Annotated[int, typer.Argument(help="Its number, as `events parked` shows it.")],
    reason: Annotated[str, typer.Option(help="Why it is given up; kept with it.")],
    url: Url = LOCAL,
    token: Token = None,
    data: Data = None,
) -> None:
    """Give up a parked event that can never be applied; what waited behind it is applied."""
    from digipunt.events import drop

    drop(service, id, reason, url, token, data)


@app.command("rebuild")
def events_rebuild(
    service: Annotated[str, typer.Argument(help="Whose read models.")] = "reporting",
    source: Annotated[str | None, typer.Option(help="Only from this service's journal.")] = None,
    url: Url = LOCAL,
    token: Token = None,
    data: Data = None,
) -> None:
    """Rebuild a service's read models from the journals, while the old ones go on answering."""
    from digipunt.events import rebuild

    rebuild(service, source, url, token, data)
