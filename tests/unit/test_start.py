"""What a start does not wait for."""

import subprocess
import sys

SEEN_LATER = [
    "alembic",
    "apispec",
    "dns",
    "holidays",
    "httpx",
    "jinja2",
    "jwt",
    "psycopg2",
    "rich",
    "weasyprint",
]
"""Libraries of what somebody may ask for: names, tokens, texts, documents, another database."""

START = f"""
from digipunt import __main__
__main__.prepare()
import services, digipunt.cli, digipunt.serve
services.load()
import sys
print(*sorted(set({SEEN_LATER}) & sys.modules.keys()))
"""


def test_a_start_loads_only_what_it_needs():
    """A laptop answers soon after it is switched on, and each of these libraries is a tenth of a second or more."""
    loaded = subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True)
    assert loaded.stdout.split() == []
