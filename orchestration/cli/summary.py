"""How a refresh ended, on one screen.

Belongs here: the wording and layout of a report. Does not belong here: counting
(`orchestration.report`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.text import Text

from orchestration.cli.console import count, err, labelled, out, plain
from orchestration.evidence import in_line, marked_parts
from orchestration.report import GateCount, RefreshReport, SetAside

_STYLE = {"done": "bold green", "nothing_new": "bold green", "blocked": "bold red"}
_KINDS = (("event", "events"), ("figure", "figures"), ("number", "numbers"))
_SHOWN_FILES = 50
_SHOWN_ROWS = 10
_TRY = (
    'dispatches sql "SELECT text, low, high, counted, sentence_text FROM fct_figure '
    'WHERE is_current_version LIMIT 10"'
)
_ASK_QUARANTINE = "dispatches quarantine list"


def show_summary(report: RefreshReport) -> None:
    """Print the summary to standard output; what failed goes to standard error."""
    (err if report.outcome == "failed" else out).print(
        plain(
            report.notice.headline if report.notice else report.message,
            _STYLE.get(report.outcome, "bold red"),
        ).append(f"  ({report.seconds:.1f} s)", style="dim"),
        soft_wrap=True,
    )
    if report.outcome != "locked":
        for line in _counts(report):
            out.print(line, soft_wrap=True)
        for line in (*_blocked(report), *_set_aside(report), *_alert(report)):
            out.print(line, soft_wrap=True)
    if report.notice is None:
        out.print(_next(report), soft_wrap=True)


def _counts(report: RefreshReport) -> Iterable[Text]:
    if report.run_id is not None:
        yield labelled(
            "Articles",
            f"{report.articles_new:,} new · {report.articles_unchanged:,} unchanged · "
            f"{report.articles_quarantined:,} set aside",
        )
    if report.rows or report.rows_quarantined:
        rows = " · ".join(f"{report.rows.get(kind, 0):,} {name}" for kind, name in _KINDS)
        aside = f" · {report.rows_quarantined:,} set aside" if report.rows_quarantined else ""
        yield labelled("Rows", rows + aside)
    if report.findings:
        told = " · ".join(f"{number:,} {state}" for state, number in report.findings.items())
        yield labelled("Findings", told)
    if report.gates:
        yield labelled("Checks", " · ".join(_gate(gate) for gate in report.gates))
    if report.published_path is not None:
        number = "" if report.release_number is None else f"  (release {report.release_number})"
        yield labelled("Published", plain(report.published_path), number)


def _gate(gate: GateCount) -> str:
    parts = [f"{gate.passed} passed"]
    for number, word in (
        (gate.flagged, "flagged"),
        (gate.quarantined, "set rows aside"),
        (gate.blocked, "blocked"),
    ):
        if number:
            parts.append(f"{number} {word}")
    return f"{gate.suite} {', '.join(parts)}"


def _blocked(report: RefreshReport) -> Iterable[Text]:
    """What was blocked and how to go on; the message above has told it in one line."""
    notice = report.notice
    if notice is None:
        return
    yield plain(notice.effect)
    yield Text("\nWhat blocked", style="bold")
    if notice.demand:
        yield labelled("rule", plain(notice.demand), indent=2, width=5)
    yield labelled("next", plain(notice.next_step), indent=2, width=5)
    for item in notice.evidence:
        yield Text("  ").append_text(plain(item.source_path, "bold"))
        if item.observed:
            yield labelled("seen", plain(item.observed), indent=4, width=5)
        if item.evidence:
            yield labelled("text", _quoted(item), indent=4, width=5)
    yield Text("\nHow to go on", style="bold")
    for purpose, command in notice.commands:
        yield plain(f"  {purpose}")
        yield plain(f"    {command}", "bold")
    if report.docs_page is not None:
        yield plain("  Read what the gates found, rule by rule")
        yield plain(f"    {report.docs_page}", "bold")


def _quoted(item: SetAside) -> Text:
    """The sentence with its span marked; in a pipe the mark is [[ ]]."""
    if not out.is_terminal:
        return plain(in_line(item))
    before, span, after = marked_parts(item)
    return plain(before, "italic").append(span, style="reverse").append(after, style="italic")


def _alert(report: RefreshReport) -> Iterable[Text]:
    if report.alert is not None:
        yield Text("\n").append_text(labelled("Alert", plain(report.alert), indent=0, width=5))


def _set_aside(report: RefreshReport) -> Iterable[Text]:
    new = [item for item in report.quarantine if item.is_new]
    files = [item for item in new if item.gate in ("file", "article")]
    rows = [item for item in new if item.gate not in ("file", "article")]
    if new:
        yield Text("\nSet aside", style="bold")
    for items, limit in ((files, _SHOWN_FILES), (rows, _SHOWN_ROWS)):
        counted = _counted(items)
        for item, times in counted[:limit]:
            yield from _item(item, times)
        if len(counted) > limit:
            yield labelled("", f"and {len(counted) - limit:,} more: {_ASK_QUARANTINE}")
    known = sorted({item.source_path for item in report.quarantine if not item.is_new})
    if known:
        named = ", ".join(known[:3]) + (" …" if len(known) > 3 else "")
        yield Text("\n").append_text(
            plain(
                f"Still set aside since an earlier refresh: {count(len(known), 'file')} ({named})."
                " dispatches quarantine list shows them."
            )
        )


def _counted(items: Sequence[SetAside]) -> list[tuple[SetAside, int]]:
    """Those that read the same once, in order: rows of one sentence often share the cause."""
    told: dict[tuple[str | None, ...], list[SetAside]] = {}
    for item in items:
        key = (item.source_path, item.rule, item.reason, item.observed, item.evidence)
        told.setdefault(key, []).append(item)
    return [(same[0], len(same)) for same in told.values()]


def _item(item: SetAside, times: int) -> Iterable[Text]:
    name = plain(item.source_path, "bold")
    yield Text("  ").append_text(name).append(f"  {times:,} ×" if times > 1 else "", style="dim")
    seen = f"  [{item.observed}]" if item.observed and item.gate not in ("file", "article") else ""
    yield labelled("why", plain(item.reason + seen), indent=4, width=5)
    if item.evidence and item.gate not in ("file", "article"):
        yield labelled("text", _quoted(item), indent=4, width=5)
    yield labelled("next", plain(item.next_step), indent=4, width=5)


def _next(report: RefreshReport) -> Text:
    if report.outcome == "locked":
        command = "dispatches refresh --wait 600"
    elif report.outcome == "failed" and report.run_id is None:
        command = "dispatches refresh"
    elif report.outcome in ("blocked", "failed"):
        command = "dispatches ui  (the run, step by step)"
    elif report.published_path is None:
        command = "dispatches status"
    else:
        command = _TRY
    return Text("\n").append_text(labelled("Next", Text(command, style="bold"), indent=0, width=5))
