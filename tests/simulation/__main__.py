"""`scripts/simulate`: runs of many seeds, of one seed with its whole trace, or with a bug put in on purpose."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterator
from functools import partial

from tests.simulation.bugs import BUGS, put_in
from tests.simulation.shrinking import shrink
from tests.simulation.simulate import Result, run_seed, run_steps

TOLD_EVERY = 1000

MOST_SHOWN = 5
"""Violations that are shrunk and shown; all are counted."""


def main() -> int:
    """0 when no promise was broken."""
    arguments = _arguments()
    if arguments.bugs:
        return _table(arguments)
    if arguments.seed is not None and arguments.seeds is None:
        return _one(arguments.seed, arguments.bug)
    begun, runs, events, broken = time.monotonic(), 0, 0, []
    for result in _results(arguments, arguments.bug):
        runs, events = runs + 1, events + result.events
        if runs % TOLD_EVERY == 0:
            print(f"{runs} seeds, {time.monotonic() - begun:.0f} s", flush=True)
        if result.violation is not None:
            broken.append(result.seed)
            print(f"seed {result.seed}: {result.violation[:300]}", flush=True)
            if arguments.bug is not None:
                break
    took = time.monotonic() - begun
    print(f"{runs} seeds, {events} events, {len(broken)} violations, {took:.0f} s, {runs / took:.1f} seeds/s")
    for seed in sorted(broken)[:MOST_SHOWN]:
        _one(seed, arguments.bug)
    return int(bool(broken))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/simulate", description=__doc__)
    parser.add_argument("--seeds", type=int, metavar="N", help="so many runs (200)")
    parser.add_argument(
        "--seed", type=int, metavar="S", help="the first seed; alone: this run, with its trace"
    )
    parser.add_argument("--bug", choices=BUGS, metavar="NAME", help=f"with a bug put in: {', '.join(BUGS)}")
    parser.add_argument("--bugs", action="store_true", help="how many runs it takes to find each of them")
    parser.add_argument("--processes", type=int, default=1, metavar="P", help="so many runs at once (1)")
    arguments = parser.parse_args()
    if arguments.seeds is None and arguments.seed is None:
        arguments.seeds = 1000 if arguments.bugs else 200
    return arguments


def _results(arguments: argparse.Namespace, bug: str | None) -> Iterator[Result]:
    """The results of all seeds, as they come."""
    first = arguments.seed or 0
    seeds = range(first, first + arguments.seeds)
    if arguments.processes == 1:
        yield from map(partial(_run, bug), seeds)
        return
    with multiprocessing.get_context("fork").Pool(arguments.processes) as pool:
        yield from pool.imap_unordered(partial(_run, bug), seeds, chunksize=20)


def _run(bug: str | None, seed: int) -> Result:
    with put_in(bug):
        return run_seed(seed)


def _one(seed: int, bug: str | None) -> int:
    """Show a run; where it breaks a promise, the shortest one found that breaks it too."""
    with put_in(bug):
        result = run_seed(seed, tell=True)
        if result.violation is not None:
            short = shrink(result)
            print(f"\nseed {seed}, shrunk from {len(result.steps)} steps to {len(short.steps)}:")
            result = run_steps(seed, short.steps, tell=True)
    print("\n".join(result.lines))
    print(f"seed {seed}: {result.violation or 'every promise was kept'}")
    return int(result.violation is not None)


def _table(arguments: argparse.Namespace) -> int:
    """How soon each bug is found."""
    missed = 0
    for bug in BUGS:
        begun = time.monotonic()
        found = next((each for each in _results(arguments, bug) if each.violation), None)
        what = f"seed {found.seed:>4}  {found.violation[:90]}" if found and found.violation else "not found"
        print(f"{bug:<26}{time.monotonic() - begun:>6.1f} s  {what}", flush=True)
        missed += found is None
    return missed


if __name__ == "__main__":
    sys.exit(main())
