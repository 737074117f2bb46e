"""A network that can fail: a TCP proxy on loopback, between a service and a server that knows nothing of it."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress

import eventlet

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends RST instead of FIN."""

CLIENT, SERVER = 0, 1
"""The ends of a line."""


class Network:
    """Carries connections to `port` of this machine; a client connects to `address` instead."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._latency = 0.0
        self._passing = eventlet.event.Event()
        self._passing.send()
        self._refusing = False
        self._lines: list[_Line] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._accepting = eventlet.spawn(self._accept)

    def swallow(self) -> None:
        """A black hole: connections stay open and new ones are taken, and nothing comes through any more."""
        self._passing = eventlet.event.Event()

    def slow_down(self, seconds: float) -> None:
        """Everything takes `seconds` longer, each way."""
        self._latency = seconds

    def reset(self) -> None:
        """Reset every connection there is, and each new one."""
        self._refusing = True
        for line in self._lines:
            line.reset()
        self._lines.clear()

    def lose_clients(self) -> None:
        """All clients vanish: the server keeps connections on which nothing comes any more, and new ones are carried."""
        for line in self._lines:
            line.lose(CLIENT)

    def lose_server(self) -> None:
        """The server vanishes and another comes in its place: clients keep silent connections, and new ones are carried."""
        for line in self._lines:
            line.lose(SERVER)

    def heal(self) -> None:
        """Carry everything again, also what a black hole kept."""
        self._latency, self._refusing = 0.0, False
        if not self._passing.ready():
            self._passing.send()

    def close(self) -> None:
        """Take the network away."""
        self._accepting.kill()
        self._listener.close()
        self.reset()

    def carry(self) -> None:
        """Return when the next piece may pass."""
        eventlet.sleep(self._latency)
        self._passing.wait()

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            line = _Line(self, client, self._target)
            if self._refusing:
                line.reset()
            else:
                self._lines.append(line)


class _Line:
    """One connection through the network."""

    def __init__(self, network: Network, client: socket.socket, port: int) -> None:
        self._network = network
        self._ends = [client]
        self._threads = [eventlet.spawn(self._run, port)]

    def reset(self) -> None:
        """Break it off at both ends."""
        self._stop()
        for end in self._ends:
            _break_off(end)

    def lose(self, end: int) -> None:
        """Break it off at that end; at the other it stays open, and what comes from there is not read."""
        self._stop()
        for lost in self._ends[end : end + 1]:
            _break_off(lost)

    def _stop(self) -> None:
        for thread in self._threads:
            thread.kill()

    def _run(self, port: int) -> None:
        self._network.carry()
        [client] = self._ends
        try:
            server = socket.create_connection(("127.0.0.1", port))
        except OSError:
            client.close()
            return
        self._ends.append(server)
        self._threads.append(eventlet.spawn(self._pump, server, client))
        self._pump(client, server)

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(CHUNK):
                self._network.carry()
                sink.sendall(piece)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


def _break_off(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    end.close()
