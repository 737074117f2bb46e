"""`digipunt person …`. Commands import what they need when they run, as in `digipunt.cli`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from digipunt.options import LOCAL, Data, Token, Url

app = typer.Typer(
    no_args_is_help=True, help="What is kept of a person: hand it over, or erase it everywhere."
)

Id = Annotated[str, typer.Argument(help="Of the borrower, contact, reader or helper, as the desk shows it.")]
Reason = Annotated[str, typer.Option(help="Why: asked, notNeeded or mistake. The trail keeps it.")]
Language = Annotated[str, typer.Option(help="Of what is printed: nl, fr or en.")]


@app.command("export")
def export(
    id: Id,
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write, if not standard output.")
    ] = None,
    reason: Reason = "asked",
    url: Url = LOCAL,
    token: Token = None,
    data: Data = None,
) -> None:
    """Everything kept of a person, in every service, as JSON."""
    from digipunt.person import export as run

    run(id, out, reason, url, token, data)


@app.command("erase")
def erase(
    id: Id,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", help="Also write the certificate to this PDF.")
    ] = None,
    reason: Reason = "asked",
    language: Language = "nl",
    url: Url = LOCAL,
    token: Token = None,
    data: Data = None,
) -> None:
    """Erase a person in every service, and print a certificate. Run again, it tells how far it is."""
    from digipunt.person import erase as run

    run(id, certificate, reason, language, url, token, data)
