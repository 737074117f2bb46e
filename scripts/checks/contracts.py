"""Holds today's contracts against every release of them, and keeps what is generated from them up to date.

python scripts/checks/contracts.py                  check
python scripts/checks/contracts.py write            write contracts/asyncapi.yaml
python scripts/checks/contracts.py release 1.2.0    keep today's schemas as those of a release, for ever
"""

import json
import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))

from contracts.asyncapi import document
from contracts.compatibility import breaches
from contracts.events import EVENTS
from contracts.json_schema import json_schema

CONTRACTS = Path(__file__).parents[2] / "contracts"
ASYNCAPI = CONTRACTS / "asyncapi.yaml"
RELEASED = CONTRACTS / "released"
GOLDEN = CONTRACTS / "golden" / "v1"


class _Plain(yaml.SafeDumper):
    """Repeats what is the same instead of pointing at it, which people read more easily."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def asyncapi() -> str:
    """The AsyncAPI document with the golden events as examples."""
    examples: dict[str, list[dict[str, object]]] = {}
    for file in sorted(GOLDEN.glob("*.json")):
        event = json.loads(file.read_text(encoding="utf-8"))
        examples.setdefault(event["type"], []).append(event)
    text = yaml.dump(document(examples), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)
    return f"# Made by scripts/checks/contracts.py from the schemas in contracts/.\n{text}"


def schemas() -> dict[str, dict[str, object]]:
    return {name: json_schema(event.schema) for name, event in EVENTS.items()}


def check() -> list[str]:
    """What is wrong, a line each."""
    found = [
        f"since {file.stem}: {breach}"
        for file in sorted(RELEASED.glob("*.json"))
        for breach in breaches(json.loads(file.read_text(encoding="utf-8")), schemas())
    ]
    if not any(RELEASED.glob("*.json")):
        found.append(f"there is no release in {RELEASED}")
    if ASYNCAPI.read_text(encoding="utf-8") != asyncapi():
        found.append("contracts/asyncapi.yaml is out of date: run python scripts/checks/contracts.py write")
    return found


def release(version: str) -> None:
    file = RELEASED / f"{version}.json"
    if file.exists():
        sys.exit(f"{version} was released already, and a release never changes")
    RELEASED.mkdir(exist_ok=True)
    file.write_text(json.dumps(schemas(), indent=1, sort_keys=True) + "\n", encoding="utf-8")


match sys.argv[1:]:
    case []:
        faults = check()
        print("\n".join(faults), end="\n" if faults else "")
        sys.exit(bool(faults))
    case ["write"]:
        ASYNCAPI.write_text(asyncapi(), encoding="utf-8")
    case ["release", version]:
        release(version)
    case _:
        sys.exit(__doc__)
