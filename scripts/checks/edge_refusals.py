"""Keeps what the edge says up to date with the catalogue of refusals, and each of its problems with a code.

python scripts/checks/edge_refusals.py          check
python scripts/checks/edge_refusals.py write    write deploy/edge/refusals.conf
"""

import re
import sys
from pathlib import Path

from chassis.http.parser import Limits
from chassis.refusals import ENGLISH, LANGUAGES, REFUSALS, Reason

EDGE = Path(__file__).parents[2] / "deploy" / "edge"
SAID = {
    "notHttp": Reason("notHttp"),
    "bodyTooLarge": Reason("bodyTooLarge", kibibytes=Limits().body_bytes // 1024),
    "urlTooLong": Reason("urlTooLong"),
    "headersTooLarge": Reason("headersTooLarge"),
    "tooManyRequests": Reason("tooManyRequests"),
    "serviceAway": Reason("serviceAway", service="$service"),
}
"""What the edge refuses by itself; the other codes are those of the services behind it."""

HEAD = """\
# Made by scripts/checks/edge_refusals.py from chassis/refusals.yaml: what the edge itself says, in the caller's language.
# The language that is named first counts; services weigh them (chassis.refusals.preferred).
map $http_accept_language $language {
  default nl;
  "" en;
  "~^ *[*]" en;
  "~*^ *(?<named>nl|fr|en)\\b" $named;
}
"""


def conf() -> str:
    """The texts as nginx reads them."""
    maps = [HEAD]
    for code, reason in SAID.items():
        lines = [f'  {language} "{reason.text(language)}";' for language in LANGUAGES if language != ENGLISH]
        default = f'  default "{reason.text(ENGLISH)}";'
        maps.append("\n".join([f"map $language $refusal_{code} {{", *lines, default, "}\n"]))
    return "\n".join(maps)


def check() -> list[str]:
    """What is wrong, a line each."""
    found = []
    if (EDGE / "refusals.conf").read_text(encoding="utf-8") != conf():
        found.append(
            "deploy/edge/refusals.conf is not that of the catalogue: run scripts/checks/edge_refusals.py write"
        )
    for problem in re.findall(
        r"return \d+ '(\{\"type\".*\})';", (EDGE / "nginx.conf").read_text(encoding="utf-8")
    ):
        code = re.search(r'"code":"(\w+)"', problem)
        if code is None or code[1] not in REFUSALS.texts or f'"detail":"$refusal_{code[1]}"' not in problem:
            found.append(
                f"deploy/edge/nginx.conf: this has no code, or another text than that of its code: {problem}"
            )
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        (EDGE / "refusals.conf").write_text(conf(), encoding="utf-8")
    elif found := check():
        sys.exit("\n".join(found))
