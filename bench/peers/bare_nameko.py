"""A nameko process with one HTTP entrypoint, the peer of row 10: `python -m bench.peers.bare_nameko PORT`."""

import eventlet

eventlet.monkey_patch()

import sys

from nameko.runners import ServiceRunner
from nameko.web.handlers import http


class Bare:
    """Answers, and does nothing else."""

    name = "bare"

    @http("GET", "/")
    def answer(self, request):
        return "ok"


def main() -> None:
    """Serve until the process is ended."""
    runner = ServiceRunner({"WEB_SERVER_ADDRESS": f"127.0.0.1:{sys.argv[1]}"})
    runner.add_service(Bare)
    runner.start()
    runner.wait()


if __name__ == "__main__":
    main()
