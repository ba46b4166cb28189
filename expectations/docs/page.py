"""One suite's page, made by Great Expectations' renderers.

Belongs here: a verdict as the library's validation result, and the words of its rules in place of
"must belong to this set". Does not belong here: turning the result into HTML (`view.py`).
Importing this module imports Great Expectations; import it where a batch was evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import great_expectations as gx
from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration
from great_expectations.render import (
    RenderedHeaderContent,
    RenderedSectionContent,
    RenderedStringTemplateContent,
    RenderedTableContent,
)
from great_expectations.render.renderer.column_section_renderer import (
    ValidationResultsColumnSectionRenderer,
)
from great_expectations.render.renderer.content_block import (
    ValidationResultsTableContentBlockRenderer,
)
from great_expectations.render.renderer.page_renderer import ValidationResultsPageRenderer

from expectations.catalogue import CHECKS
from expectations.docs.evidence import Evidence
from expectations.docs.view import view
from expectations.gate import CheckOutcome, Verdict
from expectations.rule import Check

_HEADINGS = {
    "block": "Blocks the batch",
    "quarantine": "Sets rows aside",
    "warning": "Flags rows",
    "info": "Noted",
    "waived": "Let through by a waiver",
    "passed": "Passed",
}
"""What became of a check → heading of its section, in the order of the page."""


def render(
    suite: str,
    verdict: Verdict,
    evidence: Mapping[str, Sequence[Evidence]],
    *,
    run_id: str,
    recorded_at: str,
) -> str:
    """The page of one suite in one run as HTML that loads nothing.

    `evidence`: check name → its first failing rows. `recorded_at`: ISO 8601.
    """
    checks = {check.check_name: check for check in CHECKS if check.suite == suite}
    results = [
        _result(outcome, checks[outcome.check_name], evidence.get(outcome.check_name, ()))
        for outcome in verdict.outcomes
    ]
    passed = sum(bool(result.success) for result in results)
    validated = ExpectationSuiteValidationResult(
        success=not verdict.blocked,
        results=results,
        suite_name=suite,
        statistics={"passed": passed, "failed": len(results) - passed},
        meta={"run_id": {"run_name": run_id, "run_time": recorded_at}},
    )
    document = _Page(
        column_section_renderer={"class_name": "RuleSection", "module_name": __name__},
        run_info_at_end=True,
    ).render(validated)
    return view().page(document, run_id=run_id, suite=suite, blocked=verdict.blocked)


def _result(
    outcome: CheckOutcome, check: Check, evidence: Sequence[Evidence]
) -> ExpectationValidationResult:
    """An outcome as the library's result; its own knows truth values, not the rows behind them."""
    success = outcome.success and outcome.problem is None
    return ExpectationValidationResult(
        success=success,
        expectation_config=ExpectationConfiguration(
            type=_snake(check.rule.expectation),
            kwargs={"column": _HEADINGS[_ending(outcome)]},
            meta={"check": check.check_name},
        ),
        result={
            "element_count": outcome.evaluated_count,
            "unexpected_count": outcome.unexpected_count,
            "details": {"check": check, "outcome": outcome, "evidence": evidence},
        },
    )


def _ending(outcome: CheckOutcome) -> str:
    if outcome.blocks:
        return "block"
    if outcome.success:
        return "passed"
    waived = getattr(outcome, "waived_count", 0)
    return "waived" if waived and waived == outcome.unexpected_count else outcome.severity


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class RuleTable(ValidationResultsTableContentBlockRenderer):  # type: ignore[misc]
    """The library's table of results; its rows tell what a rule demands and what broke it."""

    @classmethod
    def _process_content_block(
        cls, content_block: Any, has_failed_evr: Any, render_object: Any = None
    ) -> None:
        super()._process_content_block(content_block, has_failed_evr, render_object)
        content_block.header_row = ["", "Rule", "Found"]
        content_block.table_options = {}

    @classmethod
    def _get_content_block_fn(cls, **_: Any) -> Any:
        def row(result: ExpectationValidationResult, **_: Any) -> list[list[Any]]:
            details = result.result["details"]
            icon = cls._diagnostic_status_icon_renderer(result=result)
            rule = _rule_cell(details["check"], result.success)
            return [[icon, rule, _found_cell(details["outcome"], details["evidence"])]]

        return row


class RuleSection(ValidationResultsColumnSectionRenderer):  # type: ignore[misc]
    """A section with the rules that ended in the same way."""

    def __init__(self) -> None:
        super().__init__({"class_name": "RuleTable", "module_name": __name__})

    @classmethod
    def _render_header(cls, validation_results: Any) -> tuple[Any, RenderedHeaderContent]:
        title = f"{cls._get_column_name(validation_results)} ({len(validation_results)})"
        return validation_results, RenderedHeaderContent(header=_words(title, "h2"))


class _Page(ValidationResultsPageRenderer):  # type: ignore[misc]
    """The library's page with sections in the order of what is urgent."""

    def _collect_rendered_document_content_sections(
        self, _: Any, overview: Any, run_info: Any, columns: Mapping[str, Any]
    ) -> list[RenderedSectionContent]:
        return [
            RenderedSectionContent(section_name="Overview", content_blocks=overview),
            *(
                self._column_section_renderer.render(validation_results=columns[heading])
                for heading in _HEADINGS.values()
                if heading in columns
            ),
            RenderedSectionContent(section_name="Run", content_blocks=run_info),
        ]

    def _determine_page_title(self, *_: str, **__: str) -> str:
        return ""

    @classmethod
    def _render_validation_header(cls, validation_results: Any) -> RenderedHeaderContent:
        state = "Passed the gate" if validation_results.success else "Blocked"
        return RenderedHeaderContent(
            header=_words(f"Suite {validation_results.suite_name}", "h1"),
            subheader=_words(state, "p", "state", "good" if validation_results.success else "bad"),
        )

    @classmethod
    def _render_validation_info(cls, validation_results: Any) -> RenderedTableContent:
        run = validation_results.meta["run_id"]
        return RenderedTableContent(
            table=[
                ["Run", run["run_name"]],
                ["Recorded", run["run_time"]],
                ["Great Expectations", gx.__version__],
            ],
            styling={"body": {"classes": ["counts"]}},
        )

    @classmethod
    def _render_validation_statistics(cls, validation_results: Any) -> RenderedTableContent:
        counts = validation_results.statistics
        return RenderedTableContent(
            table=[["Rules passed", counts["passed"]], ["Rules failed", counts["failed"]]],
            styling={"body": {"classes": ["counts"]}},
        )


def _rule_cell(check: Check, success: bool) -> list[RenderedStringTemplateContent]:
    told = [_words(f"`{check.suite}.{check.check_name}`", "p"), _words(check.what, "p")]
    if not success:
        told.append(_words(f"Why: {check.why}", "p", "aside"))
        told.append(_words(f"Next: {check.next_step}", "p", "next"))
    return told


def _found_cell(
    outcome: CheckOutcome, evidence: Sequence[Evidence]
) -> list[RenderedStringTemplateContent]:
    if outcome.problem is not None:
        return [_words("Could not run, which blocks.", "p", "bad"), _text(outcome.problem)]
    if outcome.success:
        return [_words(f"none of {outcome.evaluated_count:,}", "p", "aside")]
    waived = getattr(outcome, "waived_count", 0)
    told = f"{outcome.unexpected_count:,} of {outcome.evaluated_count:,} fail"
    found = [_words(told + (f", {waived:,} let through by a waiver" if waived else ""), "p", "bad")]
    for item in evidence:
        found.append(_text(item.where, "where"))
        if item.observed:
            found.append(_text(item.observed, "observed"))
        if any(item.text):
            found.append(_quoted(item))
    if outcome.unexpected_count > len(evidence) > 0:
        more = outcome.unexpected_count - len(evidence)
        found.append(_words(f"and {more:,} more", "p", "aside"))
    return found


def _words(text: str, tag: str, *classes: str) -> RenderedStringTemplateContent:
    """Our own words; what stands between backticks is set as code."""
    pieces = {f"piece{at}": piece for at, piece in enumerate(text.split("`"))}
    code = {name: {"tag": "code"} for at, name in enumerate(pieces) if at % 2}
    return _filled(pieces, tag, classes, code)


def _text(text: str, *classes: str) -> RenderedStringTemplateContent:
    """Text from a file or an article, nothing of it interpreted."""
    return _filled({"text": text}, "p", classes, {})


def _quoted(item: Evidence) -> RenderedStringTemplateContent:
    """The sentence with its span marked."""
    pieces = dict(zip(("before", "span", "after"), item.text, strict=True))
    return _filled(pieces, "blockquote", (), {"span": {"tag": "mark"}} if pieces["span"] else {})


def _filled(
    pieces: Mapping[str, str], tag: str, classes: Sequence[str], styled: Mapping[str, Any]
) -> RenderedStringTemplateContent:
    """A block of one tag; the library escapes what is filled in, so all text is filled in."""
    return RenderedStringTemplateContent(
        string_template={
            "template": "".join(f"${{{name}}}" for name in pieces),
            "params": dict(pieces),
            "tag": tag,
            "styling": {"classes": list(classes), "params": dict(styled)},
        }
    )
