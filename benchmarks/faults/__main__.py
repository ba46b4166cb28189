"""The command: kill refreshes, starve them, lock them out; then the figures.

    python -m benchmarks.faults [--kills 100] [--seed N] [--work FOLDER]
    python -m benchmarks.faults --scenarios [--seed N] [--work FOLDER]
    python -m benchmarks.faults --readers 20 [--seed N] [--work FOLDER]

`--work`: what was done is noted there; started again with the same folder and seed, it goes on.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.faults import machine
from benchmarks.faults.journal import Journal
from benchmarks.faults.kills import Aim, Completion, Kill, live, refer
from benchmarks.faults.place import Place
from benchmarks.faults.readers import watch
from benchmarks.faults.scenarios import Stage, run_all


def main() -> int:
    """Read the arguments, run, print; exit code 1 where something did not hold."""
    parser = argparse.ArgumentParser(description="Faults injected into real refreshes.")
    parser.add_argument("--kills", type=int, default=100, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--work", type=Path, help="folder to work in, and to go on in")
    others = parser.add_mutually_exclusive_group()
    others.add_argument("--scenarios", action="store_true", help="disk, rights, clock instead")
    others.add_argument("--readers", type=int, metavar="REFRESHES", help="readers instead")
    given = parser.parse_args()
    with nullcontext(given.work) if given.work else TemporaryDirectory(prefix="faults-") as work:
        folder = Path(work).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        if given.scenarios:
            return _scenarios(folder, given.seed)
        if given.readers:
            return _readers(folder, given.seed, given.readers)
        return _kills(folder, given.seed, given.kills)


def _kills(work: Path, seed: int, wanted: int) -> int:
    journal = Journal(work / f"kills-{seed}.jsonl")
    reference = refer(seed, work)
    lengths = ", ".join(f"{name} {took:.1f}" for name, took in reference.seconds.items())
    print(f"an undisturbed refresh, seconds: {lengths}", flush=True)
    print(f"changes where readers look, a refresh: {reference.changes}", flush=True)
    aim = Aim(random.Random(f"{seed}/{len(journal)}"), dict(reference.seconds))
    while journal.count(Kill) < wanted:
        for outcome in live(Place(work / "life"), seed, reference, aim):
            journal.add(outcome)
            print(f"{time.strftime('%H:%M:%S')} {_line(outcome, journal)}", flush=True)
            if isinstance(outcome, Completion) and journal.count(Kill) >= wanted:
                break
    print(_table(journal))
    return 1 if any(outcome.problems for outcome in journal) else 0


def _scenarios(work: Path, seed: int) -> int:
    refused = machine.in_namespace(["-m", "benchmarks.faults", *sys.argv[1:]])
    if refused is not None:
        print(f"skipped: {refused}")
        return 0
    print("| scenario | reached | seconds | said, or what did not hold |")
    print("|---|---|---:|---|", flush=True)
    failed = False
    for done in run_all(Stage(work, seed, refer(seed, work)), work):
        failed |= bool(done.problems)
        wrong = " · ".join(f"**{' '.join(problem.split())}**" for problem in done.problems)
        said = f"skipped: {done.skipped}" if done.skipped else wrong or done.message
        print(f"| {done.name} | {done.stage} | {done.seconds:.0f} | {said} |", flush=True)
    return 1 if failed else 0


def _readers(work: Path, seed: int, refreshes: int) -> int:
    told = watch(Place(work / "read"), seed, refreshes)
    print("| reader | queries | opened | releases seen | errors | mixed releases |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, seen in told.items():
        counts = (seen.queries, seen.opened, len(seen.releases), len(seen.errors), len(seen.mixed))
        print(f"| {name} | {' | '.join(map(str, counts))} |")
        for problem in [*seen.errors, *seen.mixed][:5]:
            print(f"    {problem}")
    return 1 if any(seen.errors or seen.mixed for seen in told.values()) else 0


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
