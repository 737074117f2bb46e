"""Entry of the installed command.

A process that loads services has to be green before anything else is imported, so the command's name is looked at first.
"""

import sys
from importlib import import_module

GREEN = {"serve", "demo", "run", "migrate", "rotate-keys", "doctor"}


def main() -> None:
    """Run `digipunt …`."""
    if GREEN & set(sys.argv[1:2]):
        prepare()
    from digipunt.cli import main as run

    run()


def prepare() -> None:
    """Make this process one that can load services, and loads them quickly."""
    from chassis.garbage import collect_seldom
    from chassis.green import patch

    collect_seldom()
    patch()
    _load_structlog_alone()


def _load_structlog_alone() -> None:
    """structlog loads rich for coloured tracebacks; ours are plain, and every start would wait for it."""
    sys.modules["rich"] = None  # type: ignore[assignment]  # This is how Python is told that a module is not there.
    import_module("structlog")
    del sys.modules["rich"]


if __name__ == "__main__":
    main()
