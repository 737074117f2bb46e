"""The one way to an issuer of accounts: an HTTP proxy that opens tunnels to the hosts it was given, and to nothing else.

    python -S way-out.py sso.example.be:443 …

Services ask the issuer for its public keys through it (HTTPS_PROXY; docs/adr/0032). TLS reaches from the service to the issuer,
so what passes can neither be read nor changed here. It needs no more than Python.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys

PORT = int(os.environ.get("WAY_OUT_PORT", "3128"))
HEAD_BYTES = 4096
HEAD_SECONDS = 10
TUNNEL_SECONDS = 30
"""To fetch a list of keys takes less than a second."""
TUNNELS = 64
CHUNK = 16 * 1024

OPEN = b"HTTP/1.1 200 Connection established\r\n\r\n"
REFUSALS = {
    400: b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    403: b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    502: b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    503: b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
}


class WayOut:
    """Tunnels to `hosts`, each `name:port`."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts
        self._open = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client, from its first byte to the end of its tunnel."""
        self._open += 1
        try:
            if self._open > TUNNELS:
                writer.write(REFUSALS[503])
            else:
                async with asyncio.timeout(TUNNEL_SECONDS):
                    await self._answer(reader, writer)
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass  # Somebody went away, or said nothing: nobody is left to be told.
        finally:
            self._open -= 1
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(HEAD_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            method, target, _ = head.partition(b"\r\n")[0].decode("ascii").split(" ")
        except (asyncio.LimitOverrunError, ValueError):
            writer.write(REFUSALS[400])
            return
        if method != "CONNECT" or target.lower() not in self._hosts:
            writer.write(REFUSALS[403])
            return
        host, _, port = target.rpartition(":")
        try:
            there, to_there = await asyncio.open_connection(host.strip("[]"), int(port))
        except OSError:
            writer.write(REFUSALS[502])
            return
        writer.write(OPEN)
        try:
            back = asyncio.ensure_future(_pass_on(there, writer))
            await _pass_on(reader, to_there)
            await back
        finally:
            back.cancel()
            to_there.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(CHUNK):
        writer.write(data)
        await writer.drain()
    with contextlib.suppress(OSError):
        writer.write_eof()


def hosts(arguments: list[str]) -> frozenset[str]:
    """`name:port` of each argument: an https address, a host, or several with commas."""
    found = set()
    for each in filter(None, (part.strip() for argument in arguments for part in argument.split(","))):
        address = each.removeprefix("https://")
        name = address.partition("/")[0].lower()
        if "://" in address or "@" in name:
            sys.exit(f"{each}: the issuer is reached over https:// only")
        found.add(name if name.rpartition(":")[2].isdigit() and not name.endswith("]") else f"{name}:443")
    if not found:
        sys.exit("no issuer is named")
    return frozenset(found)


async def main() -> None:
    way_out = WayOut(hosts(sys.argv[1:]))
    server = await asyncio.start_server(way_out.serve, "0.0.0.0", PORT, limit=HEAD_BYTES)  # noqa: S104 - in a network of its own
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
