"""Rules on columns and keys: the row is complete, and it is the row that its id says.

Belongs here: the contract's columns, filled cells, ids, versions. Does not belong here: what the
cells mean.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from types import MappingProxyType

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from expectations.rule import Mask, Rule, rule
from expectations.table import NO_ROW, Table, encoded

ID_LENGTH = 16
"""Hex digits of SHA-256 that make an id."""


def columns_present(columns: tuple[str, ...]) -> Rule:
    """A rule that the frame has all columns of the contract."""
    return Rule(
        "columns_present",
        "block",
        "Every column of the contract is there.",
        "A column that is missing would be loaded as empty cells for the whole batch.",
        "Build the frame with the landing schema, then run the refresh again.",
        "a frame without `comparator`",
        expectation="ExpectTableColumnsToMatchSet",
        arguments=MappingProxyType({"column_set": list(columns), "exact_match": False}),
    )


def required_filled(columns: tuple[str, ...]) -> Rule:
    """A rule that no cell of these columns is empty."""

    @rule(
        "block",
        why="A row without its key, span or text can't be traced to an article.",
        next_step="Find the step that lost the cell; nothing of the batch was loaded.",
        example="a row without `sentence_text`",
        observed=columns,
    )
    def required_filled(table: Table) -> Mask:
        """Keys, span, text and required codes are filled."""
        filled = np.ones(len(table), dtype=np.bool_)
        there = table.column_names  # that one is missing is a rule of its own
        for name in (name for name in columns if name in there):
            filled &= table.filled(name)
        return filled

    return required_filled


def id_is_content_hash(kind: str, type_column: str) -> Rule:
    """A rule that `row_id` is the hash of version, kind, span and type."""

    @rule(
        "block",
        why="Ids are compared between runs; one that can't be recomputed breaks every link.",
        next_step="Correct the extractor's ids; nothing of the batch was loaded.",
        example="a `row_id` that was counted up",
        observed=("row_id", "version_id", "start", "end", type_column),
    )
    def id_is_content_hash(table: Table) -> Mask:
        """`row_id` is the hash of version, kind, span and type."""
        keys = {
            "row_id": table.strings("row_id"),
            "version_id": table.strings("version_id"),
            "first": pa.array(table.integers("start")),
            "past": pa.array(table.integers("end")),
            "row_type": table.strings(type_column),
        }
        return _hashes_hold(pa.table(keys), kind)

    return id_is_content_hash


@rule(
    "block",
    why="A row that stands twice is counted twice.",
    next_step="Find the step that doubled it; nothing of the batch was loaded.",
    example="one row given twice",
    observed=("row_id", "extraction_id"),
)
def id_unique(table: Table) -> Mask:
    """No two rows of an extraction have the same `row_id`."""
    alone = once(table.strings("row_id"))
    if alone.all():
        return alone
    keys = pc.binary_join_element_wise(
        table.strings("extraction_id"), table.strings("row_id"), "|", null_handling="replace"
    )
    return once(keys)


@rule(
    "block",
    why="A row of a version that nobody has can't be checked against its text.",
    next_step="Give the gate every version of the batch; nothing of the batch was loaded.",
    example="a `version_id` of another batch",
    observed=("version_id",),
)
def version_known(table: Table) -> Mask:
    """The version of the row is among the versions of the batch."""
    return np.asarray(table.versions() != NO_ROW, dtype=np.bool_)


@rule(
    "block",
    why="Offsets refer to exactly the text that the version is the hash of.",
    next_step="Clean the text before the version is made; nothing of the batch was loaded.",
    example="a text that was stripped after it was hashed",
    observed=("version_id", "source_path"),
)
def version_is_content_hash(table: Table) -> Mask:
    """`version_id` is the hash of the clean text."""
    texts = (_hash(text or "") for text in table.texts("clean_text"))
    return _equal(table.strings("version_id"), texts)


@rule(
    "block",
    why="The same text of the same document is one version; twice, its rows would count twice.",
    next_step="Remove the repetition before the gate; nothing of the batch was loaded.",
    example="one article given twice",
    observed=("document_id", "version_id", "source_path"),
)
def version_unique(table: Table) -> Mask:
    """No text stands twice in the batch."""
    return once(table.strings("version_id"))


def once(keys: pa.Array) -> Mask:
    """Where the key occurs no second time in the column."""
    found = encoded(keys.fill_null(""))
    if len(found.dictionary) == len(keys):
        return np.ones(len(keys), dtype=np.bool_)
    positions = found.indices.to_numpy(zero_copy_only=False)
    return np.asarray(np.bincount(positions)[positions] == 1, dtype=np.bool_)


def _hashes_hold(rows: pa.Table, kind: str) -> Mask:
    """DuckDB hashes a million keys in half a second, Python in more than one."""
    with duckdb.connect() as connection:
        connection.register("keyed", rows)
        told = connection.execute(
            "SELECT coalesce(row_id = left(sha256(version_id || '|' || $kind || '|' || first || "
            "'|' || past || '|' || row_type), $length), false) FROM keyed",
            {"kind": kind, "length": ID_LENGTH},
        ).fetchnumpy()
    return np.asarray(next(iter(told.values())), dtype=np.bool_)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]


def _equal(found: pa.Array, expected: Iterable[str]) -> Mask:
    same = pc.equal(found, pa.array(expected, pa.string())).fill_null(False)
    return np.asarray(same.to_numpy(zero_copy_only=False), dtype=np.bool_)
