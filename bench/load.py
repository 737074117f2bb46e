"""A load generator that costs little, so that on a machine with few cores the server is what is measured.

Each client is one kept-alive connection that sends its next request when it has its answer. Requests are bytes made from a
template; answers are looked at for their status and length only. It shares the cores with the server and the database, ours
and the peer's alike.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench.measure import Measured, percentile


@dataclass(slots=True)
class _Client:
    sock: socket.socket
    sent_at: float = 0.0
    received: bytes = b""


def drive(port: int, request: Callable[[], bytes], *, clients: int, seconds: float, status: int) -> Measured:
    """Requests a second, and the median and 99th percentile of their milliseconds. Any other `status` is an error."""
    expected = f"HTTP/1.1 {status} ".encode()
    selector = selectors.DefaultSelector()
    for _ in range(clients):
        sock = socket.create_connection(("127.0.0.1", port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(sock, selectors.EVENT_READ, _Client(sock))
    took: list[float] = []
    began = time.perf_counter()
    until = began + seconds
    working = [key.data for key in selector.get_map().values()]
    for client in working:
        _send(client, request())
    left = clients
    while left:
        for key, _ in selector.select(timeout=30):
            client = key.data
            client.received += client.sock.recv(65536)
            if not _complete(client.received):
                continue
            now = time.perf_counter()
            if not client.received.startswith(expected):
                raise RuntimeError(f"expected {status}, got {client.received[:2000]!r}")
            took.append(now - client.sent_at)
            client.received = b""
            if now < until:
                _send(client, request())
            else:
                left -= 1
    spent = time.perf_counter() - began
    for client in working:
        client.sock.close()
    selector.close()
    milliseconds = [1000 * each for each in took]
    return {"rate": len(took) / spent, "p50": median(milliseconds), "p99": percentile(milliseconds, 0.99)}


def _send(client: _Client, data: bytes) -> None:
    client.sent_at = time.perf_counter()
    client.sock.sendall(data)


def _complete(received: bytes) -> bool:
    """Whether a whole answer is there. Both sides say its length, or it is an error that says nothing more."""
    if not received:
        raise ConnectionError("the server closed the connection")
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return False
    head = received[:end].lower()
    at = head.find(b"content-length:")
    if at < 0:
        raise RuntimeError(f"an answer without a length: {received[:500]!r}")
    length = int(head[at + 15 :].split(b"\r\n", 1)[0])
    return len(received) >= end + 4 + length
