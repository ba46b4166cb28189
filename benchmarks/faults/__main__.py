"""The command: kill refreshes, starve them, lock them out; then the figures.

    python -m benchmarks.faults [--kills 100] [--seed N] [--work FOLDER]
    python -m benchmarks.faults --scenarios
    python -m benchmarks.faults --readers

`--work`: what was done is noted there; started again with the same folder and seed, it goes on.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.faults.journal import Journal
from benchmarks.faults.kills import Completion, Kill, live, refer
from benchmarks.faults.refreshes import Place


def main() -> int:
    """Read the arguments, run, print; exit code 1 where something did not hold."""
    parser = argparse.ArgumentParser(description="Faults injected into real refreshes.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="folder to work in, and to go on in")
    given = parser.parse_args()
    if given.work is not None:
        given.work.mkdir(parents=True, exist_ok=True)
        return _kills(given.work.absolute(), given.seed, given.kills)
    with tempfile.TemporaryDirectory(prefix="faults-") as work:
        return _kills(Path(work), given.seed, given.kills)


def _kills(work: Path, seed: int, wanted: int) -> int:
    journal = Journal(work / f"kills-{seed}.jsonl")
    reference = refer(seed, work)
    lengths = ", ".join(f"{name} {took:.1f}" for name, took in reference.seconds.items())
    print(f"an undisturbed refresh, seconds at most: {lengths}", flush=True)
    print(f"changes where readers look, a refresh: {reference.changes}", flush=True)
    while journal.count(Kill) < wanted:
        draw = random.Random(f"{seed}/{len(journal)}")
        for outcome in live(Place(work / "life"), seed, reference, draw):
            journal.add(outcome)
            print(f"{time.strftime('%H:%M:%S')} {_line(outcome, journal)}", flush=True)
            if isinstance(outcome, Completion) and journal.count(Kill) >= wanted:
                break
    print(_table(journal))
    return 1 if any(outcome.problems for outcome in journal) else 0


def _line(outcome: Kill | Completion, journal: Journal) -> str:
    if isinstance(outcome, Kill):
        where = outcome.stage + (" (alone)" if outcome.alone else "")
        state = "new release" if outcome.swapped else "last release"
        readers = state if outcome.was_published else "nothing published yet"
        said = f"kill {journal.count(Kill)} in {where}: {readers}"
    else:
        said = (
            f"wave {outcome.wave} complete after {outcome.kills} kills in {outcome.seconds:.0f} s: "
            f"{outcome.lost} lost, {outcome.extra} extra"
        )
    return "\n    ".join([said, *outcome.problems])


def _table(journal: Journal) -> str:
    kills = [outcome for outcome in journal if isinstance(outcome, Kill)]
    done = [outcome for outcome in journal if isinstance(outcome, Completion)]
    stages = Counter(kill.stage for kill in kills)
    rows: list[tuple[str, object]] = [
        ("kills", len(kills)),
        *((f"· in {stage}", count) for stage, count in stages.items()),
        ("· of the command alone, its dbt left running", sum(kill.alone for kill in kills)),
        ("published file opened and checked after a kill", sum(k.was_published for k in kills)),
        ("· the new release was out already", sum(kill.swapped for kill in kills)),
        ("· failed checks", sum(len(kill.problems) for kill in kills)),
        ("refreshes that completed afterwards", len(done)),
        ("· rows lost", sum(outcome.lost for outcome in done)),
        ("· rows doubled or foreign", sum(outcome.extra for outcome in done)),
        ("· failed checks, leftovers included", sum(len(outcome.problems) for outcome in done)),
        ("· seconds, longest", round(max((o.seconds for o in done), default=0))),
        ("seconds in all", round(journal.seconds)),
    ]
    return "\n".join(["| | |", "|---|---:|", *(f"| {name} | {value} |" for name, value in rows)])


if __name__ == "__main__":
    sys.exit(main())
