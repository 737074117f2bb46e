"""Who helped, without a name: staff names are never stored.

The same name under the same deployment key gives the same id, so that a coordinator sees how work is spread; without
the key nobody can tell whose id it is, nor try names out.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata

_ID = re.compile(r"h-[a-z2-7]{16}")


def helper_id(name: str, key: bytes) -> str:
    """The pseudonymous id of a helper: 80 bits of HMAC-SHA256 over the name as people compare names.

    An id that was read from the API passes unchanged, so a visit can be read, changed and sent back.
    """
    if _ID.fullmatch(name):
        return name
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    digest = hmac.new(key, b"digipunt helper\0" + plain.encode(), hashlib.sha256).digest()
    return "h-" + base64.b32encode(digest[:10]).decode().lower()
