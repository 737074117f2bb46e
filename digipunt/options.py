"""The options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path | None, typer.Option("--data", help="The folder with the databases and keys.", file_okay=False)
]
Port = Annotated[
    int | None,
    typer.Option(
        min=0, max=65535, help="The port to answer on (8000, or that of DIGIPUNT_LISTEN); 0 takes a free one."
    ),
]
Url = Annotated[str, typer.Option("--url", help="Where the services answer.")]
Token = Annotated[
    str | None,
    typer.Option(
        "--token", envvar="DIGIPUNT_TOKEN", help="A bearer token; made from the keys in --data if left out."
    ),
]
LOCAL = "http://127.0.0.1:8000"
