"""The rules of the desk's code (docs/adr/0019): who may import whom, who touches storage and network, and where words are.

Heuristic where it reads templates: it looks at the text between tags in html`…`, not at what an expression gives.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from services.notifications.model.plain_language import assess

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "web" / "src"

MOST_LINES = 200
MOST_WORDS = 12
"""Of a sentence on a screen, which people read while somebody waits for them; messages may have 15."""

LEAST_TO_MEASURE = 8
"""Words that a text needs before reading ease and jargon say something of it."""

LOWER = ("state", "outbox", "api", "checks", "words")
NOT_FOR: dict[str, tuple[str, ...]] = {
    "screens": ("app.js", "frame.js", "main.js", "routes.js"),
    "parts": ("state", "outbox", "api", "screens", "app.js", "frame.js", "main.js", "routes.js"),
    **dict.fromkeys(LOWER, ("screens", "parts", "app.js", "frame.js", "main.js", "routes.js")),
}
"""What the files of a folder may not import."""

ALONE = ("outbox/rules.js", "checks/")
"""What imports nothing, so that it can be read and tried by itself."""

STORAGE = ("outbox/store.js", "outbox/drafts.js")
NETWORK = ("api/client.js", "api/issuer.js")
GOES_OUT = r"(?<![\w.])fetch\(|\b(?:XMLHttpRequest|sendBeacon|EventSource|WebSocket)\b"

FORBIDDEN = {
    r"\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write": "no markup out of text",
    r"\bdangerouslySetInnerHTML\b": "no markup out of text",
    r"\beval\(|\bnew Function\b": "no code out of text",
}

FORBIDDEN_WORDS = {
    "nl": r"\b(fout(?:en)?|foutie\w+|ongeldige?|synchroniser\w*|gesynchroniseerd|sessie verlopen|servers?|http)\b"
}
"""What volunteers do not say to visitors (the design's voice): what happens, then what you can do."""

EXCEPTIONS: dict[str, str] = {}
"""Sentences that may break the rules of plain language, each with why."""


def code_of(text: str) -> str:
    """The code without its comments; as many lines as before."""
    return re.sub(
        r"/\*.*?\*/|(?<![^\s;{}(,])//[^\n]*", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL
    )


def imports(code: str) -> list[str]:
    """What a module imports, at once or later."""
    found = re.findall(
        r"""(?:^|[\s;}])(?:import|from)\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']""", code
    )
    return [one or other for one, other in found]


def of_imports(name: str, code: str) -> Iterator[str]:
    folder = name.split("/")[0]
    for target in imports(code):
        if name.startswith(ALONE):
            yield f"imports {target}; it should import nothing"
        if target == "idb" and name not in STORAGE:
            yield f"imports idb; only {' and '.join(STORAGE)} touch the database"
        if not target.startswith("."):
            continue
        led = _normal(PurePosixPath(name).parent / target)
        top = led.split("/")[0]
        if top in NOT_FOR.get(folder, ()):
            yield f"imports {led}; {folder} may not import {top}"
        if not (SOURCES / led).is_file():
            yield f"imports {led}, which is not there"


def _normal(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def of_code(name: str, code: str) -> Iterator[str]:
    if re.search(r"\bindexedDB\b", code) and name not in (*STORAGE, "outbox/canary.js"):
        yield f"names indexedDB; only {' and '.join(STORAGE)} touch the database"
    if re.search(GOES_OUT, code) and name not in NETWORK:
        yield f"goes to the network; only {NETWORK[0]} calls fetch"
    for pattern, why in FORBIDDEN.items():
        if found := re.search(pattern, code):
            yield f"{found[0]}: {why}"


def templates(code: str) -> Iterator[str]:
    """The markup of each html`…`, with a NUL for what is filled in; those inside one another too."""
    at = 0
    while (begin := code.find("html`", at)) >= 0:
        markup, at, inner = _template(code, begin + len("html`"))
        yield markup
        for expression in inner:
            yield from templates(expression)


def _template(code: str, at: int) -> tuple[str, int, list[str]]:
    """The markup from `at` to its backtick, where that ends, and what is filled in."""
    markup: list[str] = []
    inner: list[str] = []
    while at < len(code) and code[at] != "`":
        if code.startswith("${", at):
            end = _expression(code, at + 2)
            inner.append(code[at + 2 : end])
            markup.append("\0")
            at = end + 1
        else:
            step = 2 if code[at] == "\\" else 1
            markup.append(code[at : at + step])
            at += step
    return "".join(markup), at + 1, inner


def _expression(code: str, at: int) -> int:
    """Where the brace that closes ${…} is."""
    depth = 0
    while at < len(code):
        here = code[at]
        if here == "`":
            _, at, _ = _template(code, at + 1)
            continue
        if here in "\"'":
            at = code.find(here, at + 1)
            if at < 0:
                break
        elif here == "{":
            depth += 1
        elif here == "}":
            if depth == 0:
                return at
            depth -= 1
        at += 1
    return len(code)


def of_words_in_markup(code: str) -> Iterator[str]:
    """Text that no language has: between tags, or in an attribute that people read or hear."""
    for markup in templates(code):
        for text in re.split(r"<[^>]*>", markup):
            if re.search(r"[^\W\d_]{2,}", re.sub(r"&\w+;", " ", text)):
                yield f"says {text.strip()[:40]!r}; words are in words/*.json"
        for name, text in re.findall(r'\b(aria-label|placeholder|title|alt|label)="([^"]*)"', markup):
            if re.search(r"[^\W\d_]{2,}", text):
                yield f"says {name}={text[:40]!r}; words are in words/*.json"


def catalogues() -> dict[str, dict[str, str]]:
    """All words of each language: the common ones, and those of the areas that are loaded with their screens."""
    return {
        language: {
            key: text
            for path in sorted((SOURCES / "words").glob(f"**/{language}.json"))
            for key, text in json.loads(path.read_text(encoding="utf-8")).items()
        }
        for language in ("nl", "fr", "en")
    }


def areas() -> list[str]:
    """The areas of screens that have words of their own."""
    return sorted(path.name for path in (SOURCES / "words").iterdir() if path.is_dir())


def of_areas(area: str) -> Iterator[str]:
    """The words of an area begin with its name, and stand nowhere else."""
    for path in sorted((SOURCES / "words").rglob("*.json")):
        is_its_own = path.parent.name == area
        for key in json.loads(path.read_text(encoding="utf-8")):
            if key.startswith(f"{area}.") != is_its_own:
                yield f"{path.relative_to(SOURCES)} has {key}; words of {area}, and no others, are in words/{area}/"


def of_words_of_areas(name: str, code: str, area: str) -> Iterator[str]:
    """Only the screens of an area say its words: before one of these is opened, they are not there."""
    if not name.startswith(f"screens/{area}/") and (found := re.search(rf"\bt[n]?\(\s*[\"'`]{area}\.", code)):
        yield f"says {found[0]}…, which is loaded with screens/{area} only"


def of_catalogues(words: dict[str, dict[str, str]], code: str) -> Iterator[str]:
    """Every key in each language with the same places to fill, every key used, and every key that is used there."""
    keys = set().union(*words.values())
    for language, texts in words.items():
        for key in sorted(keys - texts.keys()):
            yield f"words/{language}.json has no {key}"
        for key in sorted(texts):
            filled, dutch = (
                set(re.findall(r"\{(\w+)\}", each)) for each in (texts[key], words["nl"].get(key, ""))
            )
            if filled != dutch:
                yield f"words/{language}.json fills {sorted(filled)} into {key}, nl.json {sorted(dutch)}"
    literal = set(re.findall(r"""["'`]([a-zA-Z]\w*(?:\.\w+)*)["'`]""", code))
    begins = tuple(each for each in re.findall(r"`([a-zA-Z]\w*(?:\.\w+)*\.?\w*)\$\{", code) if "." in each)
    ends = set(re.findall(r"\$\{[\w.?!()\[\]]+\}(\.\w+(?:\.\w+)*)`", code)) - {".one", ".other"}
    for key in sorted(words["nl"]):
        stem = re.sub(r"\.(one|other)$", "", key)
        if not {key, stem} & literal and not key.startswith(begins) and not key.endswith(tuple(ends)):
            yield f"nobody says words/{key}"
    for plural, key in re.findall(r"""(?<![\w.])t(n?)\(\s*["']([^"']+)["']""", code):
        for each in (f"{key}.one", f"{key}.other") if plural else (key,):
            if each not in keys:
                yield f"{each} is said and stands in no words/*.json"


def of_plain_language(words: dict[str, str], language: str = "nl") -> Iterator[str]:
    for key, text in words.items():
        if key in EXCEPTIONS:
            continue
        said = re.sub(r"\{\w+\}", "1", text)
        measured = assess(said, language)
        if measured.longest > MOST_WORDS:
            yield f"words/{language}.json {key}: a sentence of {measured.longest} words; at most {MOST_WORDS}"
        if measured.words >= LEAST_TO_MEASURE:
            for problem in measured.problems:
                if problem.code != "sentenceTooLong":
                    yield f"words/{language}.json {key}: {problem.text()}"
        if found := re.search(FORBIDDEN_WORDS[language], said, re.IGNORECASE):
            yield f"words/{language}.json {key}: {found[0]!r} is not a word for who sits at a desk"
    for key in EXCEPTIONS.keys() - words.keys():
        yield f"EXCEPTIONS has {key}, which words/{language}.json has not"


def of_icons(code: str) -> Iterator[str]:
    known = set(json.loads((ROOT / "web" / "icons.json").read_text(encoding="utf-8")))
    literal = set(re.findall(r"""["'`]([a-z0-9-]+)["'`]""", code))
    for name in sorted(known - literal):
        yield f"icons.json has {name}, which nobody shows"
    for name in sorted(set(re.findall(r"""<\$\{Icon\}\s+name="([^"]+)\"""", code)) - known):
        yield f"the pictogram {name} is not in icons.json"


def faults() -> list[str]:
    """What is wrong, a line each."""
    found: list[str] = []
    everything = ""
    for path in sorted(SOURCES.rglob("*.js")):
        name = path.relative_to(SOURCES).as_posix()
        text = path.read_text(encoding="utf-8")
        code = code_of(text)
        everything += code
        lines = len(text.splitlines())
        if lines > MOST_LINES:
            found.append(f"{name}: {lines} lines; split it ({MOST_LINES})")
        found += [f"{name}: {each}" for each in (*of_imports(name, code), *of_code(name, code))]
        found += [f"{name}: {each}" for each in of_words_in_markup(code)]
        for area in areas():
            found += [f"{name}: {each}" for each in of_words_of_areas(name, code, area)]
    for area in areas():
        found += of_areas(area)
    words = catalogues()
    found += of_catalogues(words, everything)
    found += of_plain_language(words["nl"])
    found += of_icons(everything)
    return found


if __name__ == "__main__":
    wrong = faults()
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(bool(wrong))
