"""Every check there is, and the page that documents them.

Belongs here: the catalogue, built without importing Great Expectations, and `docs/rules.md`, which
`python -m expectations.catalogue` writes from it. Does not belong here: rules.
"""

from __future__ import annotations

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
_SUBJECTS = {
    "accuracy": "The extractor on the gold sentences of this project, before it reads an article.",
    "articles": "Cleaned articles, before they are extracted.",
    "figures": "Figure rows, before they are loaded.",
    "events": "Event rows, before they are loaded.",
    "numbers": "Rows of the ledger, before they are loaded.",
    "batch": "All rows of a run together, by source and as a whole, before they are loaded. Limits "
    "are settings; `orchestration/settings.py` names them.",
    "release": "The candidate release, before readers get it.",
}
_HEAD = """# Rules of the gates

Written by `python -m expectations.catalogue`; a test fails when it is out of date. Not edited
by hand.

| severity | effect |
|---|---|
| info | recorded |
| warning | the row goes on with the rule's name in `flags` |
| quarantine | the row is set aside with rule, evidence and span; the rest goes on |
| block | nothing of the batch is loaded or published; the run fails, exit code 3 |

A rule that cannot run has not passed: it blocks. A rule's id is `suite.name`.
"""


def render() -> str:
    """The rules page in Markdown: one section a suite, one entry a rule."""
    parts = [_HEAD]
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


def main() -> None:
    """Write `docs/rules.md` of the working folder."""
    _PAGE.parent.mkdir(exist_ok=True)
    _PAGE.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
