"""Every image of others has a tag that says what it is, and can be pinned by its digest: scripts/pin-images writes which.

A file names it as ${DIGIPUNT_<NAME>_IMAGE:-name:tag}, with the same tag wherever it stands, or by a whole version or a digest.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OWN = re.compile(r"(digipunt|\$\{DIGIPUNT_IMAGE:-digipunt\}):")
PINNABLE = re.compile(r"\$\{(DIGIPUNT_[A-Z]+_IMAGE):-([a-z0-9./-]+:[A-Za-z0-9._-]+)\}")
EXACT = re.compile(r"[a-z0-9./-]+(:v?\d+\.\d+\.\d+[A-Za-z0-9._-]*|(:[A-Za-z0-9._-]+)?@sha256:[0-9a-f]{64})")


def check(root: Path = ROOT) -> list[str]:
    """What is wrong, a line each."""
    found: list[str] = []
    known: dict[str, str] = {}
    for path in [root / "docker-compose.yml", *sorted((root / "deploy").glob("*.yml"))]:
        for image in re.findall(r"^\s*image: *(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE):
            if not OWN.match(image):
                found += _judge(path.relative_to(root), image, known)
    found += _of_the_build(root, known)
    return found


def _judge(path: Path, image: str, known: dict[str, str]) -> list[str]:
    pinnable = PINNABLE.fullmatch(image)
    if pinnable is None:
        if EXACT.fullmatch(image):
            return []
        return [f"{path}: {image} may be another one tomorrow: write ${{DIGIPUNT_<NAME>_IMAGE:-name:tag}}"]
    setting, default = pinnable.groups()
    if default.endswith(":latest"):
        return [f"{path}: {default} says nothing: choose a tag"]
    if known.setdefault(setting, default) != default:
        return [f"{path}: {setting} is {default} here and {known[setting]} elsewhere"]
    return []


def _of_the_build(root: Path, known: dict[str, str]) -> list[str]:
    """What our own image is built on: an argument, which docker-compose.yml gives."""
    text = (root / "Dockerfile").read_text(encoding="utf-8")
    given = dict(re.findall(r"^ARG (\w+)=(\S+)", text, re.MULTILINE))
    compose = (root / "docker-compose.yml").read_text(encoding="utf-8")
    found = []
    for base in re.findall(r"^FROM (\S+)", text, re.MULTILINE):
        argument = re.fullmatch(r"\$\{?(\w+)\}?", base)
        name = argument[1] if argument else ""
        passed = re.search(rf'{name}: *"?(\$\{{[^}}]*\}})', compose) if name else None
        if passed is None:
            if not EXACT.fullmatch(base):
                found.append(f"Dockerfile: {base} may be another one tomorrow: make it an argument")
        elif not (match := PINNABLE.fullmatch(passed[1])) or match[2] != given.get(name):
            found.append(f"Dockerfile: {name} is {given.get(name)}, and docker-compose.yml says {passed[1]}")
        else:
            found += _judge(Path("docker-compose.yml"), passed[1], known)
    return found


if __name__ == "__main__":
    wrong = check()
    print("\n".join(wrong), file=sys.stderr, end="\n" if wrong else "")
    sys.exit(bool(wrong))
