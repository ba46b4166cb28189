"""Every rule of every gate has something bad that only it catches.

With the rule its mutant is caught, and by no other rule; with the rule switched off nothing else
catches it. A rule that does nothing, does another's work, or has no mutant fails a line here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from gate_mutants import articles, files, rows, wholes
from gate_mutants.trial import Trial, judge

from expectations.catalogue import SUITES
from orchestration.ingest import FileProblem, RawArticle, discover, read_file, to_versions
from orchestration.ingest.problem import _rules as file_rules
from orchestration.settings import Settings

ROWS = ("figures", "events", "numbers")
UNREAD = {
    "articles": "title",
    "figures": "concept",
    "events": "date_edtf",
    "numbers": "sentence",
    "batch": "source",
    "accuracy": "extractor_version",
}
"""Suite → a column of its contract that no other rule looks into."""
COLUMNS = "columns_present"
RULES = [(suite, rule.name) for suite, rules in SUITES.items() for rule in rules]


@pytest.fixture(scope="module")
def trials() -> list[Trial]:
    return [articles.trial(), *(rows.trial(suite) for suite in ROWS), *wholes.trials()]


Caught = dict[tuple[str, str], set[str]]


@pytest.fixture(scope="module")
def caught(trials: list[Trial]) -> Caught:
    """(suite, rule) → the rules that caught its mutant."""
    return {(t.suite, rule): by for t in trials for rule, by in t.caught().items()}


@pytest.fixture(scope="module")
def uncaught(trials: list[Trial]) -> Caught:
    """(suite, rule) → the rules that caught its mutant while it and others were switched off.

    Every second rule is off at a time. That two rules of one half hide each other is excluded by
    `caught`: each mutant has one rule only.
    """
    found: Caught = {}
    for trial in trials:
        for half in (trial.rules[::2], trial.rules[1::2]):
            by = trial.caught(off=half)
            found |= {(trial.suite, rule): by[rule] for rule in half}
    return found


@pytest.mark.parametrize(
    ("suite", "rule"), [r for r in RULES if r[1] != COLUMNS], ids=lambda part: str(part)
)
def test_its_rule_alone_catches_a_mutant(
    suite: str, rule: str, caught: Caught, uncaught: Caught
) -> None:
    assert caught.get((suite, rule), "no mutant") == {rule}
    assert uncaught[suite, rule] == set()


@pytest.mark.parametrize("suite", [s for s, r in RULES if r == COLUMNS])
def test_a_column_that_no_other_rule_reads_is_missed_by_this_rule_alone(
    suite: str, trials: list[Trial]
) -> None:
    trial = next(t for t in trials if t.suite == suite)
    nothing = trial.frame.iloc[:0].drop(columns=UNREAD[suite])
    context = dict(trial.context)
    if suite == "numbers":
        context |= {
            "figures": context["figures"].iloc[:0],
            "versions": context["versions"].iloc[:0],
        }
    if suite == "accuracy":
        context["floors"] = context["floors"].iloc[:0]
    blocked = judge(suite, nothing, context)
    assert [o.check_name for o in blocked.outcomes if not o.success] == [COLUMNS]
    assert not judge(suite, nothing, context, off=[COLUMNS]).blocked


def test_no_mutant_is_of_a_rule_that_is_not_there(caught: Caught) -> None:
    assert set(caught) <= set(RULES)


# --- the file gate --------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", files.MUTANTS)
def test_its_rule_alone_sets_a_bad_file_aside(rule: str, tmp_path: Path) -> None:
    settings = Settings(raw=tmp_path / "raw", max_file_bytes=20_000, max_line_chars=1_000)
    settings.raw.mkdir()
    with files.MUTANTS[rule](settings.raw) as paths:
        sources = discover(paths, settings)
    raw: list[RawArticle] = []
    found: list[FileProblem] = []
    for source in sources:
        articles_of_file, problems = read_file(source, settings)
        raw += articles_of_file
        found += problems
    landed = [files.landed(tmp_path)] if rule == files.LANDED else []
    found += to_versions(raw, landed)[1]
    assert [problem.rule for problem in found] == [rule]


def test_every_rule_of_the_file_gate_has_a_bad_file() -> None:
    assert {*files.MUTANTS, *files.ELSEWHERE} == set(file_rules())
    assert not files.MUTANTS.keys() & files.ELSEWHERE.keys()
