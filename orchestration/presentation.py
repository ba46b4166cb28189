"""What the UI shows of an asset: owners, kinds, table name, columns, and a preview of its rows.

Belongs here: metadata that is the same for every asset of a kind. Does not belong here: the assets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg
import pyarrow as pa

from orchestration.printable import in_cell
from orchestration.tables import Table
from orchestration.warehouse import sql_type

OWNERS = ["team:newsroom-data"]
POOL = "duckdb"
"""DuckDB has one writer: steps that write to the build database take the only slot of this pool."""
_CELL_CHARS = 90


def column_schema(schema: pa.Schema, descriptions: Mapping[str, str]) -> dg.TableSchema:
    """An Arrow schema as the UI shows it."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                field.name,
                sql_type(field.type),
                description=descriptions.get(field.name),
                constraints=dg.TableColumnConstraints(nullable=field.nullable),
            )
            for field in schema
        ]
    )


def of_table(table: Table, stored_as: str | None = None) -> dict[str, Any]:
    """Metadata of an asset with the columns of `table`; `stored_as`: where, if not as landed."""
    descriptions = {c.name: c.description for c in table.columns}
    return {
        "dagster/table_name": stored_as or f"dispatches.{table.qualified_name}",
        "dagster/column_schema": column_schema(table.arrow_schema, descriptions),
        "grain": table.grain,
    }


def preview(table: pa.Table, columns: Sequence[str], rows: int) -> dg.MetadataValue[Any]:
    """The first rows of some columns as a Markdown table; long cells are cut."""
    lines = [
        "| " + " | ".join(columns) + " |",
        "|" + "---|" * len(columns),
        *(
            "| " + " | ".join(_cut(in_cell(row[name])) for name in columns) + " |"
            for row in table.select(list(columns)).slice(0, rows).to_pylist()
        ),
    ]
    if table.num_rows > rows:
        lines.append(f"\n{rows} of {table.num_rows} rows.")
    return dg.MetadataValue.md("\n".join(lines))


def _cut(cell: str) -> str:
    return cell if len(cell) <= _CELL_CHARS else cell[: _CELL_CHARS - 1].rstrip("\\") + "…"
