"""A module of more than 300 lines is two ideas, and has to be split; tables of data are not modules of ideas."""

import sys
from pathlib import Path

MOST = 300

long = {
    path: lines
    for folder in ("contracts", "chassis", "common", "services", "digipunt")
    for path in Path(folder).rglob("*.py")
    if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST
}
for path, lines in sorted(long.items()):
    print(f"{path}: {lines} lines; split it")
sys.exit(bool(long))
