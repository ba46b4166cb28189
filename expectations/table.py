"""One grain of a batch: typed columns as arrays, and the way back to the batch's rows.

Belongs here: reading columns of a frame, whatever they are made of, as Arrow and numpy arrays. Does
not belong here: any rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from expectations.rule import Mask

if TYPE_CHECKING:
    from expectations.batch import Batch

NO_ROW = -1
_STRETCH = 65_536
_MANY_CHUNKS = 64
"""Each chunk costs a call in every step; with more of them a copy in one piece is cheaper."""
_SHOWN = 120
"""Characters of a value that go into the evidence."""


class Table:
    """Columns of one grain. `parents` holds, for each row, the position of the batch's row that it
    belongs to (`NO_ROW`: none); without it the table is the batch's rows themselves."""

    def __init__(
        self,
        batch: Batch,
        columns: Mapping[str, pa.Array],
        size: int,
        parents: NDArray[np.int64] | None = None,
    ) -> None:
        self.batch = batch
        self.parents = parents
        self._columns = dict(columns)
        self._size = size
        self._strings: dict[str, pa.Array] = {}
        self.links: dict[str, NDArray[np.int64]] = {}
        """Positions of the rows that a column names, kept because several rules ask for them."""

    @classmethod
    def of_frame(
        cls, batch: Batch, frame: pd.DataFrame, parents: NDArray[np.int64] | None = None
    ) -> Table:
        """The table over a pandas frame; columns are converted when a rule first reads them."""
        table = cls(batch, {}, len(frame), parents)
        table._frame = frame
        return table

    _frame: pd.DataFrame | None = None

    def __len__(self) -> int:
        return self._size

    @property
    def column_names(self) -> list[str]:
        """Names of the columns that can be read."""
        derived = list(self._columns)
        return derived if self._frame is None else [*self._frame.columns, *derived]

    def column(self, name: str) -> pa.Array:
        """The column in Arrow, in one piece or chunked. Raises KeyError where there is none."""
        if name not in self._columns:
            if self._frame is None:
                raise KeyError(f"no column {name!r}; there are {', '.join(self._columns)}")
            self._columns[name] = _to_arrow(self._frame[name])
        return self._columns[name]

    def strings(self, name: str) -> pa.Array:
        """The column as text."""
        if name not in self._strings:
            self._strings[name] = self.column(name).cast(pa.string())
        return self._strings[name]

    def texts(self, name: str) -> Iterator[str | None]:
        """The column as Python strings, a stretch at a time: a million of them take 200 MB."""
        column = self.strings(name)
        for first in range(0, len(column), _STRETCH):
            yield from column.slice(first, _STRETCH).to_pylist()

    def texts_at(self, name: str, positions: NDArray[np.int64]) -> Iterator[str | None]:
        """The texts of some rows."""
        column = self.strings(name)
        for first in range(0, len(positions), _STRETCH):
            yield from column.take(pa.array(positions[first : first + _STRETCH])).to_pylist()

    def encoded(self, name: str) -> pa.DictionaryArray:
        """The column as positions in the list of its different texts."""
        return encoded(self.strings(name))

    def filled(self, name: str) -> Mask:
        """Where the column is not empty."""
        return _numpy(self.column(name).is_valid())

    def numbers(self, name: str) -> NDArray[np.float64]:
        """The column as floats; empty = NaN."""
        column = self.column(name).cast(pa.float64())
        return np.asarray(column.fill_null(np.nan).to_numpy(zero_copy_only=False), dtype=np.float64)

    def integers(self, name: str, empty: int = NO_ROW) -> NDArray[np.int64]:
        """The column as integers; `empty` stands for an empty cell."""
        column = self.column(name)
        if pa.types.is_floating(column.type):
            column = pc.cast(column, pa.int64(), safe=True)
        return np.asarray(
            column.cast(pa.int64()).fill_null(empty).to_numpy(zero_copy_only=False), dtype=np.int64
        )

    def days(self, name: str) -> NDArray[np.float64]:
        """The column's dates as days since 1970-01-01; empty = NaN."""
        column = self.column(name)
        if pa.types.is_string(column.type) or pa.types.is_null(column.type):
            column = column.cast(pa.string())
        days = column.cast(pa.date32()).cast(pa.int32()).cast(pa.float64())
        return np.asarray(days.fill_null(np.nan).to_numpy(zero_copy_only=False), dtype=np.float64)

    def truths(self, name: str) -> Mask:
        """The column's truth values; empty = False."""
        return _numpy(self.column(name).cast(pa.bool_()).fill_null(False))

    def is_in(self, name: str, codes: Sequence[str]) -> Mask:
        """Where the column holds one of `codes`; an empty cell holds none."""
        return _numpy(pc.is_in(self.strings(name), pa.array(list(codes), pa.string())))

    def versions(self) -> NDArray[np.int64]:
        """For each row where its version stands in `batch.clean_texts`; `NO_ROW` where unknown."""
        if self.parents is not None and "version_id" not in self.column_names:
            return self.batch.rows.versions()[self.parents]
        if not hasattr(self, "_versions"):
            self._versions = self.batch.version_positions(self.strings("version_id"))
        return self._versions

    def row_positions(self, positions: NDArray[np.int64]) -> list[int | None]:
        """Positions in the batch's frame of the rows at `positions` of this table."""
        own = positions if self.parents is None else self.parents[positions]
        return [None if at == NO_ROW else int(at) for at in own]

    def row_ids(self, positions: NDArray[np.int64]) -> list[str | None]:
        """The `row_id` of the batch's rows; None where there is none."""
        return self._of_rows("row_id", positions)

    def version_ids(self, positions: NDArray[np.int64]) -> list[str | None]:
        """The `version_id` of the rows; None where there is none."""
        if "version_id" in self.column_names:
            picked = self.strings("version_id").take(pa.array(positions))
            return list(picked.to_pylist())
        return self._of_rows("version_id", positions)

    def offsets(self, name: str, positions: NDArray[np.int64]) -> list[int | None]:
        """The offsets in a column at these positions; None where there is none."""
        if name not in self.column_names or not pa.types.is_integer(self.column(name).type):
            return [None] * len(positions)
        return list(self.column(name).take(pa.array(positions)).to_pylist())

    def describe(self, positions: NDArray[np.int64], columns: Sequence[str]) -> list[str | None]:
        """What stands in `columns` at each position, as `low = 30.0, high = 20.0`."""
        there = [name for name in columns if name in self.column_names]
        picked = {name: self.column(name).take(pa.array(positions)).to_pylist() for name in there}
        return [
            ", ".join(f"{name} = {_shown(picked[name][i])}" for name in there) or None
            for i in range(len(positions))
        ]

    def _of_rows(self, column: str, positions: NDArray[np.int64]) -> list[str | None]:
        rows = self.batch.rows
        if column not in rows.column_names:
            return [None] * len(positions)
        own = positions if self.parents is None else self.parents[positions]
        index = pa.array([None if at == NO_ROW else int(at) for at in own], pa.int64())
        return list(rows.strings(column).take(index).to_pylist())


def _to_arrow(series: pd.Series) -> pa.Array:
    array = pa.array(series, from_pandas=True)
    if isinstance(array, pa.ChunkedArray) and array.num_chunks > _MANY_CHUNKS:
        array = array.combine_chunks()
    return array.cast(array.type.value_type) if pa.types.is_dictionary(array.type) else array


def in_python(values: NDArray[np.int64]) -> Iterator[int]:
    """The numbers as Python's own, a stretch at a time, as `Table.texts` gives texts."""
    for first in range(0, len(values), _STRETCH):
        yield from values[first : first + _STRETCH].tolist()


def in_one_piece(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    """The array without chunks."""
    if not isinstance(array, pa.ChunkedArray):
        return array
    return array.combine_chunks() if array.num_chunks else pa.array([], type=array.type)


def encoded(array: pa.Array | pa.ChunkedArray) -> pa.DictionaryArray:
    """Positions in the list of different values."""
    return in_one_piece(array.dictionary_encode())


def _numpy(mask: pa.Array) -> Mask:
    return np.asarray(mask.fill_null(False).to_numpy(zero_copy_only=False), dtype=np.bool_)


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
