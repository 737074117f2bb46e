"""Every relative link in a Markdown file leads to a file, and its anchor to a heading."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def anchors(text: str) -> set[str]:
    """The anchors that GitHub and GitLab make of headings."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower().replace("`", "")).strip().replace(" ", "-")
        for heading in HEADING.findall(text)
    }


def broken(file: Path) -> list[str]:
    found = []
    for match in LINK.finditer(CODE.sub("", file.read_text(encoding="utf-8"))):
        target = unquote(match[1] or match[2])
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        leads_to = (file.parent / path) if path else file
        if not leads_to.exists():
            found.append(f"{file}: {target} leads nowhere")
        elif (
            anchor
            and leads_to.suffix == ".md"
            and anchor not in anchors(leads_to.read_text(encoding="utf-8"))
        ):
            found.append(f"{file}: {target} has no such heading")
    return found


tracked = subprocess.run(
    ["/usr/bin/env", "git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
    capture_output=True,
    text=True,
    check=True,
).stdout.split()
faults = [fault for file in tracked for fault in broken(Path(file))]
print("\n".join(faults), end="\n" if faults else "")
sys.exit(bool(faults))
