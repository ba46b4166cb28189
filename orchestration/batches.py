"""Batches between steps: Arrow tables as Parquet files under `staging/<run>/<asset>/`.

Belongs here: writing and reading them, and conversion of rows to a table with a stated schema.
Does not belong here: what is in them, or how long they stay (`home.py`).

Files, not memory: a run can be taken up again from its failed step, and a batch can be looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq

Batch = dict[str, pa.Table]
"""Tables by name; what one asset hands to the next."""


class MissingBatchError(RuntimeError):
    """The batch of an upstream asset is not there; says which and what to do."""


def to_table(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of exactly `schema`; a value of another type raises an Arrow error."""
    return pa.Table.from_pylist([dict(row) for row in rows], schema=schema)


def taken(table: pa.Table, positions: Iterable[int]) -> pa.Table:
    """The rows at these positions, in this order; none gives an empty table of the same columns."""
    return table.take(pa.array(list(positions), pa.int64()))


class ParquetBatches(dg.ConfigurableIOManager):
    """Stores each asset's batch under the run that made it."""

    root: str

    def _folder(self, run_id: str, key: dg.AssetKey) -> Path:
        return Path(self.root).joinpath(run_id, *key.path)

    def handle_output(self, context: dg.OutputContext, obj: Batch) -> None:
        """Write one Parquet file per table."""
        folder = self._folder(context.run_id, context.asset_key)
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in obj.items():
            pq.write_table(table, folder / f"{name}.parquet")

    def load_input(self, context: dg.InputContext) -> Batch:
        """Read what the upstream asset wrote in this run, or in the run that this one takes up."""
        upstream = context.upstream_output
        asset = context.asset_key.to_user_string()
        folder = self._folder(upstream.run_id, context.asset_key) if upstream else None
        if folder is None or not folder.is_dir():
            raise MissingBatchError(
                f"the batch of asset {asset} is not under {self.root}; batches live for a few runs "
                "only: run the whole job again with: dispatches refresh"
            )
        return {path.stem: pq.read_table(path) for path in sorted(folder.glob("*.parquet"))}
