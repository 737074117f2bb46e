"""The deployment's edge: nginx with the files of deploy/edge, before services that a test puts at one port of loopback."""

from __future__ import annotations

import re
import shutil
import socket
from pathlib import Path

from tests.support.processes import ServerFolder, free_port, program, wait_until

FILES = Path(__file__).parents[2] / "deploy" / "edge"
INDEX = "<!doctype html><title>Digipunt</title>"
CERTIFICATE = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]


class Edge:
    """One nginx for the whole test run. Its services are all at `services_port`, whoever listens there."""

    def __init__(self) -> None:
        nginx = program("nginx", "/usr/sbin/nginx", package="nginx-light")
        self._folder = folder = ServerFolder("edge", "www-data")
        self.port, self.tls_port, self.services_port = free_port(), free_port(), free_port()
        for name in ("headers.conf", "problem.conf", "refusals.conf"):
            (folder.path / name).write_text(self._here(FILES / name))
        listen = self._here(FILES / "listen" / "http.conf") + self._here(FILES / "listen-tls" / "https.conf")
        (folder.path / "listen.conf").write_text(listen)
        (folder.path / "nginx.conf").write_text("daemon off;\n" + self._here(FILES / "nginx.conf"))
        shutil.copytree(FILES / "page", folder.path / "page")
        folder.run(["openssl", "req", *CERTIFICATE, "-keyout", "key.pem", "-out", "certificate.pem"])
        folder.start([nginx, "-e", "stderr", "-p", folder.path, "-c", folder.path / "nginx.conf"])
        wait_until(self._answers, "nginx")

    def _here(self, file: Path) -> str:
        """A file of the deployment, with the places and ports of a container replaced by those of this folder."""
        text = file.read_text()
        for theirs, ours in (
            (" /tmp/", f" {self._folder.path}/"),
            ("/etc/nginx/listen.d/*.conf", f"{self._folder.path}/listen.conf"),
            ("/etc/nginx/headers.conf", f"{self._folder.path}/headers.conf"),
            ("/etc/nginx/problem.conf", f"{self._folder.path}/problem.conf"),
            ("/etc/nginx/refusals.conf", f"{self._folder.path}/refusals.conf"),
            ("/usr/share/digipunt", f"{self._folder.path}/page"),
            ("/run/secrets/tls_certificate", f"{self._folder.path}/certificate.pem"),
            ("/run/secrets/tls_key", f"{self._folder.path}/key.pem"),
            ("http://$service:8000", f"http://127.0.0.1:{self.services_port}"),
            ("/dev/stdout", f"{self._folder.path}/access"),
            ("/dev/stderr", f"{self._folder.path}/errors"),
        ):
            text = text.replace(theirs, ours)
        text = re.sub(r"listen 8080", f"listen 127.0.0.1:{self.port}", text)
        return re.sub(r"listen 8443", f"listen 127.0.0.1:{self.tls_port}", text)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    @property
    def address(self) -> str:
        """Where its clients find it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def tls_address(self) -> str:
        """The same with a certificate of its own making."""
        return f"https://127.0.0.1:{self.tls_port}"

    def logs(self) -> str:
        """What it wrote of requests and of errors."""
        return "".join((self._folder.path / name).read_text() for name in ("access", "errors"))

    def remove(self) -> None:
        """Stop it."""
        self._folder.remove()
