"""What was done so far, one line each, so that a long run can be cut and go on.

Belongs here: keeping outcomes. Does not belong here: making them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from benchmarks.faults.kills import Completion, Kill

_KINDS = {kind.__name__: kind for kind in (Kill, Completion)}


class Journal:
    """Outcomes in `path`, those of an earlier start included."""

    def __init__(self, path: Path) -> None:
        self._path, self._began = path, time.monotonic()
        self._outcomes: list[Kill | Completion] = []
        self._earlier = 0.0
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                noted = json.loads(line)
                self._earlier = noted["seconds"]
                self._outcomes.append(_KINDS[noted["kind"]](**noted["outcome"]))

    @property
    def seconds(self) -> float:
        """Wall seconds of this start and the earlier ones."""
        return self._earlier + time.monotonic() - self._began

    def __iter__(self) -> Iterator[Kill | Completion]:
        return iter(self._outcomes)

    def __len__(self) -> int:
        return len(self._outcomes)

    def count(self, kind: type[Kill | Completion]) -> int:
        """How many outcomes of this kind there are."""
        return sum(isinstance(outcome, kind) for outcome in self._outcomes)

    def add(self, outcome: Kill | Completion) -> None:
        """Note one more."""
        self._outcomes.append(outcome)
        noted = {
            "kind": type(outcome).__name__,
            "outcome": asdict(outcome),
            "seconds": self.seconds,
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(noted) + "\n")
