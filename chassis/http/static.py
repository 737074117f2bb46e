"""Serves a folder of built files at `/`: the pages of a single-page app, beside the APIs of the same server.

Promises: what is served was read once, at the start, so that no path leads out of the folder and no request reads a disk;
every answer carries the same protection; a page asks before it uses what it has (`no-cache`), and a file whose name holds the
hash of its content is never asked for again. An address that is no file is a screen of the app when a person goes there, and
the same 404 as before for everybody else.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from chassis.errors import ConfigurationError, NotFound
from chassis.http.request import Request
from chassis.http.responses import Response
from chassis.http.server import HttpServer

MOST_BYTES = 16 * 1024 * 1024
"""Of all files together: they stay in memory."""

INDEX = "/index.html"
WORKER = "/sw.js"
REVALIDATED = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
HASHED = re.compile(r"/assets/.*-[0-9A-Za-z]{8,}\.\w+")

PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "worker-src 'self'; frame-src 'self' blob:; connect-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""On every answer, beside what `wire` says always. A 304 carries it too: browsers take the headers of the newest answer."""

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
COMPRESSED_ALREADY = frozenset({".png", ".woff2"})

NOT_BUILT = """\
<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Digipunt</title></head>
<body>
<h1>Digipunt</h1>
<p>De pagina's van de balie zijn nog niet gemaakt: voer één keer <code>scripts/demo</code> uit.</p>
<p lang="fr">Les pages du guichet ne sont pas encore construites : lancez une fois <code>scripts/demo</code>.</p>
<p lang="en">The pages of the desk are not built yet: run <code>scripts/demo</code> once.</p>
</body>
</html>
"""


@dataclass(frozen=True)
class _File:
    """A file as it goes out, and under which headers."""

    plain: bytes
    compressible: bool
    headers: dict[str, str]

    @cached_property
    def compressed(self) -> bytes | None:
        """Compressed where that is smaller, when it is first asked for: all files at once would keep a start waiting."""
        if not self.compressible:
            return None
        smaller = gzip.compress(self.plain, 9, mtime=0)
        return smaller if len(smaller) < len(self.plain) else None


def mount(
    server: HttpServer, folder: Path, *, apart: Iterable[str] = (), speaks_to: str | None = None
) -> None:
    """Answer with the files of `folder` wherever `server` has no route.

    `apart` are first parts of addresses that are never a screen, besides those of the server's routes: services that do not
    run here. `speaks_to` is an address whose origin the app may ask too. Without the folder there is one page that
    says how it is made. Raises ConfigurationError for too many files.
    """
    protection = _protection(speaks_to)
    built = (folder / "index.html").is_file()
    files = (
        _read(folder, protection, speaks_to)
        if built
        else {INDEX: _file(INDEX, NOT_BUILT.encode(), protection)}
    )
    never = frozenset(apart)

    def answer(request: Request) -> Response:
        path = _plain(request.path)
        file = files.get(INDEX if path == "/" else path)
        if file is None and _is_navigation(request) and path.split("/")[1] not in never:
            file = files[INDEX]
        if file is None:
            raise NotFound("addressUnknown")
        return _response(file, request)

    server.answer_the_rest(answer)


def _plain(path: str) -> str:
    return unquote(path) if "%" in path else path


def _is_navigation(request: Request) -> bool:
    """Whether a person goes to this address, rather than a script that asks for data or a file."""
    mode = request.headers.get("sec-fetch-mode", "navigate")
    return mode == "navigate" and "text/html" in request.headers.get("accept", "")


def _protection(speaks_to: str | None) -> dict[str, str]:
    if speaks_to is None:
        return PROTECTION
    parts = urlsplit(speaks_to)
    policy = "Content-Security-Policy"
    more = f"connect-src 'self' {parts.scheme}://{parts.netloc};"
    return {**PROTECTION, policy: PROTECTION[policy].replace("connect-src 'self';", more)}


def _read(folder: Path, protection: dict[str, str], speaks_to: str | None) -> dict[str, _File]:
    """Every file by its path; those whose name begins with a dot are not for browsers."""
    found: dict[str, _File] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        content = path.read_bytes()
        size += len(content)
        if size > MOST_BYTES:
            raise ConfigurationError(
                f"{folder} holds more than {MOST_BYTES >> 20} MB, which would stay in memory"
            )
        name = "/" + path.relative_to(folder).as_posix()
        if name == WORKER and speaks_to is not None:
            content = _with_revision(content, (folder / "index.html").read_bytes(), speaks_to)
        found[name] = _file(name, content, protection)
    return found


def _with_revision(worker: bytes, index: bytes, speaks_to: str) -> bytes:
    """The worker, which keeps the page with its headers, told that this is another page than under another policy.

    `web/build.mjs` gives each page it keeps the beginning of its hash as a revision.
    """
    revision = hashlib.sha256(index).hexdigest()[:10]
    other = hashlib.sha256(index + speaks_to.encode()).hexdigest()[:10]
    return worker.replace(revision.encode(), other.encode())


def _file(name: str, content: bytes, protection: dict[str, str]) -> _File:
    suffix = Path(name).suffix
    compressible = suffix not in COMPRESSED_ALREADY and len(content) > 256
    headers = {
        "Content-Type": TYPES.get(suffix, "application/octet-stream"),
        # Weak: the same for what is compressed and what is not, here or at the edge.
        "ETag": f'W/"{hashlib.sha256(content).hexdigest()[:20]}"',
        "Cache-Control": FOR_EVER if HASHED.fullmatch(name) else REVALIDATED,
        **protection,
    }
    if compressible:
        headers["Vary"] = "Accept-Encoding"
    return _File(content, compressible, headers)


def _response(file: _File, request: Request) -> Response:
    if _takes_gzip(request) and file.compressed is not None:
        return Response(file.compressed, 200, {**file.headers, "Content-Encoding": "gzip"})
    return Response(file.plain, 200, dict(file.headers))


def _takes_gzip(request: Request) -> bool:
    for each in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, weight = each.replace(" ", "").partition(";")
        if name in ("gzip", "*"):
            return not re.fullmatch(r"q=0(\.0*)?", weight)
    return False
