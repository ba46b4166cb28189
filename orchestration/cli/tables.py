"""What can be asked about the tables themselves: `.tables`, `.columns TABLE`.

Belongs here: the dot commands. Does not belong here: asking the tables.
"""

from __future__ import annotations

import duckdb

from orchestration.cli.query import QueryError, known_tables, near_names

HELP = ".tables  lists the tables · .columns TABLE  explains one · .help · .quit"
_TABLES = """
SELECT if(schema_name = 'marts', '', schema_name || '.') || name AS "table", rows, grain FROM (
    SELECT schema_name, table_name AS name, estimated_size AS rows, comment AS grain
    FROM duckdb_tables() WHERE NOT internal
    UNION ALL SELECT schema_name, view_name, NULL, comment FROM duckdb_views() WHERE NOT internal
) WHERE schema_name IN ('marts', 'quality') ORDER BY schema_name, name
"""
_COLUMNS = """
SELECT column_name AS "column", data_type AS "type", comment AS meaning
FROM duckdb_columns() WHERE NOT internal AND schema_name IN ('marts', 'quality')
AND table_name = '{name}' ORDER BY schema_name, column_index
"""


def describe(connection: duckdb.DuckDBPyConnection, command: str) -> str:
    """The query that answers a dot command. Raises QueryError for an unknown command or table."""
    word, _, rest = command.strip().rstrip(";").partition(" ")
    if word == ".tables":
        return _TABLES
    if word != ".columns":
        raise QueryError(f"There is no command {word}.", HELP)
    name = rest.strip().rpartition(".")[2].lower()
    known = known_tables(connection)
    if name not in known:
        raise QueryError(f"There is no table {rest.strip()}.{near_names(name, known)}", HELP)
    return _COLUMNS.format(name=name)
