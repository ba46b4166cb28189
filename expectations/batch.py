"""A batch and the tables that rules look at: its rows, what is nested in them, what they must
account for.

Belongs here: the grains and how each is derived from the frames that the caller gives. Does not
belong here: rules; reading of columns (`table.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from expectations import recount
from expectations.table import NO_ROW, Table, in_one_piece


class MissingContextError(LookupError):
    """A check needs a frame that the caller did not give; the message names it."""


class Batch:
    """The frame under test with the frames that give it context."""

    def __init__(
        self, suite: str, frame: pd.DataFrame, context: Mapping[str, pd.DataFrame]
    ) -> None:
        self.suite = suite
        self.frame = frame
        self._context = context
        self._tables: dict[str, Table] = {}

    @cached_property
    def rows(self) -> Table:
        """The frame itself."""
        return Table.of_frame(self, self.frame)

    def table(self, grain: str) -> Table:
        """The table of a grain: `rows`, `claimants`, `entities`, `recount`, or a context frame's
        name.

        Raises MissingContextError where the grain needs a frame that was not given.
        """
        if grain not in self._tables:
            self._tables[grain] = self._derive(grain)
        return self._tables[grain]

    def _derive(self, grain: str) -> Table:
        if grain == "rows":
            return self.rows
        if grain == "claimants":
            return self._nested("attribution")
        if grain == "entities":
            return _stacked(self, [self._nested("actors"), self._nested("recipients")])
        if grain == "recount":
            return self._recounted()
        return self.context(grain)

    def context(self, name: str) -> Table:
        """A context frame as a table whose rows are none of the batch's."""
        if name not in self._context:
            raise MissingContextError(
                f"suite {self.suite} needs the frame {name!r}; pass it to evaluate"
            )
        frame = self._context[name]
        return Table.of_frame(self, frame, np.full(len(frame), NO_ROW, dtype=np.int64))

    @cached_property
    def _versions(self) -> Table:
        if "versions" in self._context:
            return self.context("versions")
        if "clean_text" not in self.frame or "version_id" not in self.frame:
            raise MissingContextError(
                f"suite {self.suite} needs the frame 'versions' (version_id, clean_text), "
                "or a column clean_text"
            )
        frame = self.frame[["version_id", "clean_text"]].drop_duplicates("version_id")
        return Table.of_frame(self, frame, np.full(len(frame), NO_ROW, dtype=np.int64))

    @cached_property
    def clean_texts(self) -> list[str]:
        """The clean text of each version."""
        return [text or "" for text in self._versions.texts("clean_text")]

    @cached_property
    def version_ids(self) -> pa.Array:
        """The id of each version, in the order of `clean_texts`."""
        return in_one_piece(self._versions.strings("version_id"))

    def version_positions(self, version_ids: pa.Array) -> NDArray[np.int64]:
        """Where each of `version_ids` stands in `clean_texts`; `NO_ROW` where it does not."""
        found = pc.index_in(version_ids, self.version_ids)
        return np.asarray(
            found.cast(pa.int64()).fill_null(NO_ROW).to_numpy(zero_copy_only=False), dtype=np.int64
        )

    def _nested(self, column: str) -> Table:
        lists = in_one_piece(self.rows.column(column))
        if not (pa.types.is_list(lists.type) or pa.types.is_large_list(lists.type)):
            return Table(self, {}, 0, np.empty(0, dtype=np.int64))
        parents = np.asarray(pc.list_parent_indices(lists).to_numpy(), dtype=np.int64)
        flat = lists.flatten()
        if not pa.types.is_struct(flat.type):
            return Table(self, {}, 0, np.empty(0, dtype=np.int64))
        fields = {field.name: pc.struct_field(flat, field.name) for field in flat.type}
        return Table(self, fields, len(flat), parents)

    def _recounted(self) -> Table:
        found = recount.count_numbers(self.clean_texts)
        columns = {
            "version_id": self.version_ids.take(pa.array(found.versions)),
            "start": pa.array(found.starts),
            "end": pa.array(found.ends),
            "text": pa.array(
                [
                    self.clean_texts[v][a:b]
                    for v, a, b in zip(found.versions, found.starts, found.ends, strict=True)
                ],
                pa.string(),
            ),
        }
        size = len(found.starts)
        return Table(self, columns, size, np.full(size, NO_ROW, dtype=np.int64))


def _stacked(batch: Batch, tables: list[Table]) -> Table:
    tables = [table for table in tables if len(table)] or tables[:1]
    names = [n for n in tables[0].column_names if all(n in t.column_names for t in tables)]
    columns = {
        name: pa.concat_arrays([_same(t.column(name), tables, name) for t in tables])
        for name in names
    }
    parents = np.concatenate([t.parents for t in tables if t.parents is not None])
    return Table(batch, columns, len(parents), parents)


def _same(array: pa.Array, tables: list[Table], name: str) -> pa.Array:
    """The array in the first type among the tables that is not null: an empty column has none."""
    kinds = [t.column(name).type for t in tables if not pa.types.is_null(t.column(name).type)]
    return array.cast(kinds[0]) if kinds else array
