"""How plain the words of messages are, by `services/notifications/model/plain_language.py`; fails when one is not."""

import sys

from contracts.message_context import LANGUAGES
from services.notifications.model.kinds import KINDS
from services.notifications.model.states import CHANNELS
from services.notifications.texts import preview


def main() -> int:
    """Print the report: with `--all` each text, else the worst of each language and channel."""
    problems = []
    for language in LANGUAGES:
        for channel in CHANNELS:
            rows = [(kind, *preview(kind, language, channel, {})) for kind in KINDS]
            worst = min(rows, key=lambda row: row[2].ease)
            for kind, text, plain in rows if "--all" in sys.argv else [worst]:
                sms = f"  {text.segments} SMS" if text.segments else ""
                print(
                    f"{language} {channel:9} {kind:16} {plain.formula} {plain.ease:5.1f}  "
                    f"longest sentence {plain.longest:2} words{sms}"
                )
            problems += [
                f"{language} {kind} {channel}: {each.text()}"
                for kind, _, plain in rows
                for each in plain.problems
            ]
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
