"""Rules on spans: what a row says it read stands at that place in the text.

Belongs here: slicing back and containment. Does not belong here: what was read.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType

import numpy as np
import pyarrow.compute as pc

from expectations.rule import Mask, Rule, Severity, rule
from expectations.table import NO_ROW, Table, in_python

_EMPTY = -(2**62)
"""Stands for an empty offset; a negative offset that was really given must fail."""
_LOST = (
    "Readers open the article at the offset; one that is moved shows them other words as evidence."
)


def slices_back(
    name: str,
    text: str,
    start: str,
    end: str,
    *,
    severity: Severity = "quarantine",
    grain: str = "rows",
) -> Rule:
    """A rule that the cells `text`, `start`, `end` are empty together or `clean_text[start:end] ==
    text`.
    """

    return Rule(
        name,
        severity,
        f"`{text}` is `clean_text[{start}:{end}]`, or all three are empty.",
        _LOST,
        "Correct the offsets in the extractor.",
        f"`{start}` one too high",
        grain,
        (text, start, end),
        partial(_spans_hold, text=text, start=start, end=end),
        arguments=MappingProxyType({"column": name, "value_set": [True]}),
    )


def _spans_hold(table: Table, *, text: str, start: str, end: str) -> Mask:
    """An unknown version is a rule of its own."""
    starts, ends = table.integers(start, _EMPTY), table.integers(end, _EMPTY)
    versions, written = table.versions(), table.filled(text)
    nothing = ~written & (starts == _EMPTY) & (ends == _EMPTY)
    holds = nothing | (versions == NO_ROW)
    to_read = np.flatnonzero(~holds & written & (starts >= 0) & (starts < ends))
    cleans, quoted = table.batch.clean_texts, table.texts_at(text, to_read)
    cells = zip(*(in_python(of[to_read]) for of in (versions, starts, ends)), quoted, strict=True)
    holds[to_read] = np.fromiter(
        (cleans[v][a:b] == t for v, a, b, t in cells), dtype=np.bool_, count=len(to_read)
    )
    return np.asarray(holds, dtype=np.bool_)


@rule(
    "block",
    why=_LOST,
    next_step="Correct the sentence offsets; nothing of the batch was loaded.",
    example="`sentence_start` one too high",
    observed=("sentence", "sentence_start", "sentence_text"),
)
def sentence_slices_back(table: Table) -> Mask:
    """`sentence_text` stands in the clean text at `sentence_start`."""
    cleans = table.batch.clean_texts
    starts = table.integers("sentence_start", _EMPTY)
    cells = zip(
        in_python(table.versions()),
        in_python(starts),
        table.texts("sentence_text"),
        strict=True,
    )
    return np.fromiter(
        (v == NO_ROW or (a >= 0 and bool(t and cleans[v].startswith(t, a))) for v, a, t in cells),
        dtype=np.bool_,
        count=len(table),
    )


@rule(
    "block",
    why="The sentence is the evidence that is shown with the row.",
    next_step="Give the row the sentence that holds its span; nothing of the batch was loaded.",
    example="a row with the sentence before its own",
    observed=("start", "end", "sentence_start", "sentence_text"),
)
def sentence_holds_span(table: Table) -> Mask:
    """The span of the row lies inside its sentence."""
    first = table.integers("sentence_start")
    length = pc.utf8_length(table.strings("sentence_text")).fill_null(0)
    last = first + length.to_numpy(zero_copy_only=False)
    return np.asarray(
        (table.integers("start") >= first) & (table.integers("end") <= last), dtype=np.bool_
    )
