"""`digipunt token …`. Commands import what they need when they run, as in `digipunt.cli`."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from chassis.errors import DigipuntError
from digipunt.options import Data

app = typer.Typer(invoke_without_command=True, help="Make a bearer token, and see to the keys.")

SERVICE_DAYS = 30.0
"""How long a token of a program is valid unless `--days` says otherwise; a person's is for a working day."""


@app.callback()
def token(
    context: typer.Context,
    role: Annotated[
        str | None, typer.Option(help="desk, helper, coordinator, policy, ops or service")
    ] = None,
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            help="NIS code; again for more. If left out: of a desk and a helper where their digipunten are,"
            " of others all of the deployment."
        ),
    ] = None,
    digipunt: Annotated[list[str] | None, typer.Option(help="Id of a digipunt; again for more.")] = None,
    subject: Annotated[str | None, typer.Option(help="Whose token it is.")] = None,
    days: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            max=366.0,
            help="How long it is valid. If left out: 12 hours for people, 30 days for the role service.",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Print a bearer token of the local issuer, and nothing else."""
    if context.invoked_subcommand is not None:
        return
    if role is None:
        raise typer.BadParameter(
            "name one: desk, helper, coordinator, policy, ops or service", param_hint="--role"
        )
    from chassis.http.auth import LIFE_OF_PEOPLE, issue
    from digipunt.folder import settings_of
    from digipunt.tokens import place_of

    settings = settings_of(data)
    if days is None and role == "service":
        days = SERVICE_DAYS
    life = LIFE_OF_PEOPLE if days is None else timedelta(days=days)
    try:
        municipalities, digipunts = place_of(settings, role, municipality or (), digipunt or ())
        made = issue(settings, role, municipalities, digipunts, subject, life=life)
    except ValueError as error:
        raise TokenRefused(str(error)) from None
    print(made)


@app.command("keys")
def token_keys(data: Data = None) -> None:
    """Print the public key of DIGIPUNT_SIGNING_KEY, as DIGIPUNT_VERIFY_KEYS of the other services takes it."""
    from chassis.keys import public_key
    from digipunt.folder import settings_of

    settings = settings_of(data)
    if settings.signing_key is None:
        raise TokenRefused("DIGIPUNT_SIGNING_KEY is not set here")
    print(public_key(settings.signing_key))


@app.command("revoke")
def token_revoke(
    token: Annotated[str | None, typer.Argument(help="The token itself; - is standard input.")] = None,
    id: Annotated[str | None, typer.Option(help="Its id, the claim jti.")] = None,
    subject: Annotated[
        str | None, typer.Option(help="All tokens that this subject has now; later ones count.")
    ] = None,
    laptop: Annotated[
        str | None, typer.Option(help="All tokens of this laptop, and of helpers on it.")
    ] = None,
    data: Data = None,
) -> None:
    """Take tokens back: within a minute no service takes them. Written into the databases, whether or not they run."""
    from digipunt.folder import settings_of
    from digipunt.revoke import revoke

    try:
        print(revoke(settings_of(data), token=token, id=id, subject=subject, laptop=laptop))
    except ValueError as error:
        raise TokenRefused(str(error)) from None


class TokenRefused(DigipuntError):
    """Bad input on the command line."""
