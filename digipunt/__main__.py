"""Entry of the installed command.

A process that loads services has to be green before anything else is imported, so the command's name is looked at first.
"""

import sys

GREEN = {"serve", "demo", "run", "migrate", "rotate-keys", "doctor"}


def main() -> None:
    """Run `digipunt …`."""
    if GREEN & set(sys.argv[1:2]):
        from chassis.green import patch

        patch()
    from digipunt.cli import main as run

    run()


if __name__ == "__main__":
    main()
