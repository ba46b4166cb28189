"""What a waiver may be, what it covers, and until when."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.gate import CheckOutcome, Verdict
from orchestration.batches import to_table
from orchestration.judging import judged
from orchestration.tables import WAIVERS
from orchestration.waiver_file import (
    WaiverFileError,
    add_waiver,
    read_waivers,
    revoke_waiver,
)
from orchestration.waivers import Waiver, WaiverError, active, covering, holding

DAY = dt.date(2026, 3, 1)
ID = "0123456789abcdef"
RULE = "figures.low_not_above_high"


def a_waiver(**changes: Any) -> Waiver:
    values: dict[str, Any] = {
        **{"rule": RULE, "scope": f"finding:{ID}", "evidence": "seen", "reason": "It says so."},
        **{"given_by": "A. Editor", "given_on": DAY, "until": DAY + dt.timedelta(days=30)},
    }
    return Waiver(**{**values, **changes})


def a_finding(**changes: Any) -> dict[str, Any]:
    values = {
        **{"rule_id": RULE, "quarantine_id": ID, "fingerprint": "seen", "source": "Test Wire"},
        **{"document_id": "d" * 16, "version_id": "v1"},
    }
    return {**values, **changes}


# --- what may be ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"rule": "figures.nope"}, "no rule", id="a rule that is not there"),
        pytest.param({"rule": "file.broken_json"}, "can't be waived", id="a file's problem"),
        pytest.param({"rule": "articles.text_long_enough"}, "holds nothing back", id="a warning"),
        pytest.param({"scope": "everything"}, "no scope", id="a scope that is none"),
        pytest.param({"scope": "finding:12"}, "no scope", id="an id that is cut"),
        pytest.param({"scope": "source:"}, "no scope", id="a source without a name"),
        pytest.param({"scope": "batch"}, "single rows", id="a rule about rows, whole batch"),
        pytest.param({"until": DAY + dt.timedelta(days=91)}, "91 days", id="91 days"),
        pytest.param({"until": DAY - dt.timedelta(days=1)}, "before the day", id="ends before"),
        pytest.param({"reason": " "}, "reason is empty", id="no reason"),
        pytest.param({"given_by": ""}, "given_by is empty", id="nobody"),
        pytest.param({"revoked_by": "B"}, "by halves", id="revoked by halves"),
    ],
)
def test_what_is_no_waiver(changes: dict[str, Any], says: str) -> None:
    with pytest.raises(WaiverError, match=says) as told:
        a_waiver(**changes)
    assert told.value.next_step


def test_ninety_days_are_allowed() -> None:
    assert a_waiver(until=DAY + dt.timedelta(days=90)).days_left(DAY) == 91


@pytest.mark.parametrize(
    ("day", "state", "left"),
    [
        pytest.param(DAY, "active", 31, id="on its first day"),
        pytest.param(DAY + dt.timedelta(days=30), "active", 1, id="on its last day"),
        pytest.param(DAY + dt.timedelta(days=31), "expired", 0, id="the day after"),
    ],
)
def test_it_holds_until_its_last_day(day: dt.date, state: str, left: int) -> None:
    waiver = a_waiver()
    assert (waiver.state(day), waiver.days_left(day)) == (state, left)


def test_what_is_taken_back_holds_no_longer() -> None:
    revoked = a_waiver().revoked("B. Editor", DAY, "It was a slip.")
    assert revoked.state(DAY) == "revoked"
    assert revoked.waiver_id == a_waiver().waiver_id
    assert active([revoked], DAY) == []


# --- what it covers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("waiver", "finding", "covers"),
    [
        pytest.param({}, {}, True, id="the finding"),
        pytest.param({}, {"fingerprint": "other"}, False, id="the finding, other evidence"),
        pytest.param({}, {"quarantine_id": "f" * 16}, False, id="another finding"),
        pytest.param({}, {"rule_id": "events.status_known"}, False, id="another rule"),
        pytest.param(
            {"scope": f"document:{'d' * 16}", "evidence": "v1"}, {}, True, id="the document"
        ),
        pytest.param(
            {"scope": f"document:{'d' * 16}", "evidence": "v1"},
            {"version_id": "v2"},
            False,
            id="the document, a new text",
        ),
        pytest.param(
            {"scope": f"document:{'d' * 16}", "evidence": None},
            {"version_id": "v2"},
            True,
            id="the document, any text",
        ),
        pytest.param({"scope": "source:Test Wire", "evidence": None}, {}, True, id="the source"),
        pytest.param(
            {"scope": "source:Test Wire", "evidence": None},
            {"source": None},
            False,
            id="a row without a source",
        ),
        pytest.param(
            {"scope": "batch", "rule": "release.release_keeps_rows"},
            {"rule_id": "release.release_keeps_rows", "source": None},
            True,
            id="the whole batch",
        ),
        pytest.param(
            {"scope": "batch", "rule": "release.release_keeps_rows"},
            {"rule_id": "release.release_keeps_rows", "source": None, "fingerprint": "other"},
            False,
            id="the whole batch, other numbers",
        ),
    ],
)
def test_what_is_covered(waiver: dict[str, Any], finding: dict[str, Any], covers: bool) -> None:
    assert a_waiver(**waiver).covers(a_finding(**finding)) is covers


def test_the_narrowest_waiver_counts() -> None:
    wide = a_waiver(scope="source:Test Wire", evidence=None)
    assert covering([wide, a_waiver()], a_finding()) == a_waiver()


def test_waivers_come_through_their_table() -> None:
    gone = a_waiver(scope="source:B", evidence=None, until=DAY)
    rows = [w.to_row(DAY + dt.timedelta(days=1)) for w in (gone, a_waiver())]
    assert holding(to_table(rows, WAIVERS.arrow_schema)) == [a_waiver()]


# --- what it does to a verdict --------------------------------------------------------------------


def _judged(*names: str, severity: str = "quarantine", waivers: list[Waiver]) -> Any:
    """The verdict on one row that fails these rules."""
    failures = pd.DataFrame(
        {"check_name": list(names), "severity": severity, "row_position": 0}
    ).astype({"row_position": "Int64"})
    outcomes = [CheckOutcome("figures", n, severity, False, 1, 1) for n in names]  # type: ignore[arg-type]

    def finding(failure: Any) -> dict[str, Any]:
        return {**a_finding(), "gate": "rows", "row_kind": "figure", "rule": failure["check_name"]}

    return judged(Verdict(outcomes, failures), finding, waivers)


def test_a_covered_row_passes_and_says_by_which_waiver() -> None:
    result = _judged("low_not_above_high", waivers=[a_waiver()])
    assert (result.held, result.blocking) == ([], [])
    assert [row["waiver_id"] for row in result.waived] == [a_waiver().waiver_id]


def test_a_waived_rule_does_not_help_a_row_that_another_one_holds() -> None:
    result = _judged("low_not_above_high", "unit_known", waivers=[a_waiver()])
    assert result.waived == []
    assert [row["rule"] for row in result.held] == ["low_not_above_high", "unit_known"]


def test_a_blocking_rule_that_is_waived_blocks_no_more() -> None:
    waiver = a_waiver(rule="figures.span_slices_back")
    assert _judged("span_slices_back", severity="block", waivers=[]).verdict.blocked
    assert not _judged("span_slices_back", severity="block", waivers=[waiver]).verdict.blocked


# --- the file -------------------------------------------------------------------------------------

VALID = """\
# ours
waivers:
  - rule: figures.low_not_above_high
    scope: source:Test Wire
    reason: It says so.  # the editor
    given_by: A. Editor
    given_on: 2026-03-01
    until: 2026-03-31
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "waivers.yml"


def test_no_file_is_no_waiver(path: Path) -> None:
    assert read_waivers(path) == []


def test_what_is_written_is_read(path: Path) -> None:
    add_waiver(path, a_waiver())
    add_waiver(path, a_waiver(scope="source:no: yes", evidence=None, reason="yes"))
    assert read_waivers(path) == [
        a_waiver(),
        a_waiver(scope="source:no: yes", evidence=None, reason="yes"),
    ]
    assert path.read_text(encoding="utf-8").startswith("# Waivers:")


def test_the_same_waivers_are_the_same_bytes(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yml"
    for target in (path, other):
        add_waiver(target, a_waiver())
        revoke_waiver(target, a_waiver().waiver_id, "B", DAY, "A slip.")
    assert path.read_bytes() == other.read_bytes()


def test_taking_back_keeps_entry_and_comments(path: Path) -> None:
    path.write_text(VALID, encoding="utf-8")
    (waiver,) = read_waivers(path)
    revoke_waiver(path, waiver.waiver_id, "B. Editor", DAY, "A slip.")
    assert [w.revoked_by for w in read_waivers(path)] == ["B. Editor"]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ours")
    assert "# the editor" in text


def test_a_waiver_is_written_once(path: Path) -> None:
    add_waiver(path, a_waiver())
    with pytest.raises(WaiverFileError, match="already"):
        add_waiver(path, a_waiver())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("waivers: [", "line 1: it is no YAML", id="no YAML"),
        pytest.param("", "one list named waivers", id="an empty file"),
        pytest.param("waivers: 3\n", "it is no list", id="no list"),
        pytest.param("- rule: x\n", "one list named waivers", id="a list without its name"),
        pytest.param(VALID + "more: 1\n", "one list named waivers", id="something beside it"),
        pytest.param("waivers:\n  - x\n", "entry 1: it has no fields", id="no fields"),
        pytest.param(
            VALID.replace("until", "untill"), "entry 1: nobody knows the field", id="a slip"
        ),
        pytest.param(
            VALID.replace("    given_by: A. Editor\n", ""), "given_by is missing", id="missing"
        ),
        pytest.param(VALID.replace("2026-03-31", "soon"), "until is no day", id="no day"),
        pytest.param(VALID.replace("2026-03-31", "2026-06-30"), "121 days", id="too long"),
        pytest.param(VALID.replace("A. Editor", "7"), "given_by is no text", id="a number"),
        pytest.param(VALID.replace("low_not", "not"), "entry 1: there is no rule", id="no rule"),
        pytest.param(
            VALID + VALID.split("waivers:\n")[1], "entry 2: it repeats entry 1", id="twice"
        ),
        pytest.param(
            VALID.replace("    until", "    until: 2026-03-02\n    until"),
            "duplicate key",
            id="a field twice",
        ),
    ],
)
def test_a_mistake_names_file_and_entry(path: Path, text: str, says: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(WaiverFileError) as told:
        read_waivers(path)
    assert str(told.value).startswith(str(path))
    assert says in str(told.value)
    assert told.value.next_step


def test_what_is_no_file_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(WaiverFileError, match="is a directory"):
        read_waivers(path)
