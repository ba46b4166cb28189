"""What can be asked about the tables themselves: `.tables`, `.columns TABLE`.

Belongs here: the dot commands. Does not belong here: asking the tables.
"""

from __future__ import annotations

import re

from orchestration.cli.query import QueryError

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
_NAME = re.compile(r"(?:marts\.|quality\.)?(\w+)", re.ASCII)


def describe(command: str) -> str:
    """The query that answers a dot command. Raises QueryError for one that does not exist."""
    word, _, rest = command.rstrip(";").strip().partition(" ")
    if word == ".tables":
        return _TABLES
    name = _NAME.fullmatch(rest.strip())
    if word == ".columns" and name:
        return _COLUMNS.format(name=name[1])
    raise QueryError(f"There is no command {command}.", HELP)
