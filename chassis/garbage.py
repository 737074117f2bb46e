"""How often Python looks for garbage: seldom, because there is little of it (docs/adr/0007)."""

import gc


def collect_seldom() -> None:
    """What is there now is not garbage, and pages of events are many objects without reference cycles.

    Called before services are loaded, which would be looked through ten times meanwhile, and again when they are there.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
