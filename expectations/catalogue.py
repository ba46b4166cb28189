"""Every check there is, and the page that documents them.

Belongs here: the catalogue, built without importing Great Expectations, and `docs/rules.md`, which
`python -m expectations.catalogue` writes from it. Does not belong here: rules.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from expectations.rule import Check, Rule
from expectations.suites import accuracy, articles, batch, events, figures, numbers, release

SUITES: dict[str, tuple[Rule, ...]] = {
    "accuracy": accuracy.RULES,
    "articles": articles.RULES,
    "figures": figures.RULES,
    "events": events.RULES,
    "numbers": numbers.RULES,
    "batch": batch.RULES,
    "release": release.RULES,
}

CHECKS: tuple[Check, ...] = tuple(
    Check.of(suite, rule) for suite, rules in SUITES.items() for rule in rules
)
"""Every check in the order of the suites; names are unique within a suite."""
_PAGE = Path("docs/rules.md")
_FILE_RULES = Path("orchestration/ingest/problems.tsv")
"""Rules of the file gate; they are data of the room that reads files."""
_FILLED_IN = re.compile(r"(?<!\{)\{\w+\}(?!\})")
_SUBJECTS = {
    "articles": "Gate `article`: cleaned articles, before they are extracted. One on which the "
    "extractor itself fails is set aside later, as `articles.extraction_crashed`, until the next "
    "extractor version.",
    "accuracy": "Gate `accuracy`: the extractor on the gold sentences of this project, before it "
    "reads an article. Sentences and floors lie in `expectations/gold`.",
    "figures": "Gate `rows`: figure rows, before they are loaded.",
    "events": "Gate `rows`: event rows, before they are loaded.",
    "numbers": "Gate `rows`: rows of the ledger, before they are loaded.",
    "batch": "Gate `batch`: all rows of a run together, by source and as a whole, before they are "
    "loaded. The limits are settings; `orchestration/settings.py` documents them.",
    "release": "Gate `release`: the candidate release, before readers get it.",
}
_HEAD = """# Rules of the gates

Written by `python -m expectations.catalogue`; a test fails when it is out of date. Not edited
by hand.

| severity | unit | effect |
|---|---|---|
| info | metric | recorded |
| warning | row or batch | it goes on; a row carries the rule's name in `flags` |
| quarantine | file, article, row | it is set aside with rule, evidence, span; the rest goes on |
| block | batch or release | nothing of it is loaded or published; the run fails, exit code 3 |
| waived | what one of the two above held | it goes on under a waiver; a row carries `waived:` \
and the rule's name in `flags` |

`waived` is no rule's severity: a named person gives a waiver for a rule, with a reason and a last
day (`dispatches waive add`). Until then what it covers goes on, and the evaluation is recorded as
not passed, with its rows counted in `waived_count`.

A rule that cannot run has not passed: it blocks, and no waiver helps. A rule's id is `suite.name`.
Each has a mutant in `tests/gate_mutants` that it alone catches.
"""
_FILE_HEAD = """
## file

Gate `file`: files and records, before they are articles. All have the severity quarantine: the file
or the record is set aside, the others are read. None can be waived.

| rule | what is wrong | next step |
|---|---|---|
"""


def render() -> str:
    """The rules page in Markdown: one section a suite, one entry a rule."""
    parts = [_HEAD, _FILE_HEAD, *map(_line, _file_rules())]
    for suite, subject in _SUBJECTS.items():
        parts.append(f"\n## {suite}\n\n{subject}\n")
        parts.extend(_entry(check) for check in CHECKS if check.suite == suite)
    return "".join(parts)


def _entry(check: Check) -> str:
    grain = "" if check.rule.grain == "rows" else f" · looks at `{check.rule.grain}`"
    return (
        f"\n### {check.suite}.{check.check_name}\n\n**{check.severity}**{grain} · {check.what}\n\n"
        f"- why: {check.why}\n"
        f"- example of a failure: {check.example}\n"
        f"- next step: {check.next_step}\n"
    )


def _file_rules() -> list[dict[str, str]]:
    with (Path(__file__).parents[1] / _FILE_RULES).open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _line(rule: dict[str, str]) -> str:
    """A rule of the file gate; what is filled in when it is told stands as `…`."""
    reason, step = (_FILLED_IN.sub("…", rule[name]) for name in ("reason", "next_step"))
    return f"| file.{rule['rule']} | {reason} | {step} |\n".replace("{{", "{").replace("}}", "}")


def main() -> None:
    """Write `docs/rules.md` of the working folder."""
    _PAGE.parent.mkdir(exist_ok=True)
    _PAGE.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
