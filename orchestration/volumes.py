"""How much a run read, from whom and of what kind, beside what the days before gave.

Belongs here: the rows of `quality.volumes` and the frame that the suite `batch` judges, both made
in SQL. Does not belong here: limits (`settings.py`), rules (`expectations`), Dagster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import duckdb
import pandas as pd
import pyarrow as pa

from orchestration.batches import Batch
from orchestration.quarantine import CRASHED
from orchestration.settings import Settings
from orchestration.tables import VOLUMES

WHOLE = "(all)"
"""What the row of the whole batch is called in evidence."""
LIMITS = (
    *("quarantine_rate_limit", "source_quarantine_rate_limit"),
    *("breaker_min_rows", "breaker_min_articles"),
    *("history_min_days", "history_warning_deviations", "history_block_deviations"),
)
"""Settings that the rules of the suite compare with."""
_COUNTS = (
    *("article_count", "row_count", "quarantined_count", "event_count", "figure_count"),
    *("attributed_count", "dated_count", "unresolved_count"),
)
_MEASURES = {
    "attribution_share": "attributed_count / nullif(event_count + figure_count, 0)",
    "unresolved_date_share": "unresolved_count / nullif(dated_count, 0)",
    "rows_per_article": "row_count / nullif(article_count, 0)",
}
"""Measure → how it follows from counts."""
_SOURCE = (
    "coalesce(nullif(trim(publisher), ''), "
    "nullif(lower(regexp_extract(canonical_url, '^[A-Za-z]+://([^/:?#]+)', 1)), ''), 'unknown')"
)
_COUNT = f"""
CREATE OR REPLACE TEMP TABLE volumes_of_run AS
WITH read AS (SELECT version_id, {_SOURCE} AS source FROM work),
facts AS (
    SELECT version_id, 'event' AS kind, len(attribution) > 0 AS attributed, date_resolution
    FROM event_rows
    UNION ALL
    SELECT version_id, 'figure', len(attribution) > 0, date_resolution FROM figure_rows
    UNION ALL
    SELECT version_id, 'number', false, 'none' FROM number_rows
),
passed AS (
    SELECT
        source,
        count(*) AS row_count,
        count_if(kind = 'event') AS event_count,
        count_if(kind = 'figure') AS figure_count,
        count_if(attributed) AS attributed_count,
        count_if(date_resolution <> 'none') AS dated_count,
        count_if(date_resolution IN ('partial', 'unresolved')) AS unresolved_count
    FROM facts JOIN read USING (version_id) GROUP BY source
),
aside AS (
    SELECT
        read.source,
        count(DISTINCT row_kind || '|' || extraction_id || '|' || row_id) AS quarantined_count,
        count(DISTINCT version_id) FILTER (row_id IS NULL AND rule = '{CRASHED}') AS crashed_count
    FROM held JOIN read USING (version_id) GROUP BY read.source
),
rules AS (
    SELECT read.source, row_kind || 's.' || rule AS rule, count(*) AS row_count
    FROM held JOIN read USING (version_id) WHERE row_id IS NOT NULL GROUP BY ALL
),
worst AS (
    SELECT source, rule AS most_failed_rule FROM rules
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY row_count DESC, rule) = 1
)
SELECT
    source,
    count(*) AS article_count,
    coalesce(any_value(row_count), 0) + coalesce(any_value(quarantined_count), 0) AS row_count,
    coalesce(any_value(quarantined_count), 0) AS quarantined_count,
    coalesce(any_value(crashed_count), 0) AS crashed_count,
    coalesce(any_value(event_count), 0) AS event_count,
    coalesce(any_value(figure_count), 0) AS figure_count,
    coalesce(any_value(attributed_count), 0) AS attributed_count,
    coalesce(any_value(dated_count), 0) AS dated_count,
    coalesce(any_value(unresolved_count), 0) AS unresolved_count,
    any_value(most_failed_rule) AS most_failed_rule
FROM read LEFT JOIN passed USING (source) LEFT JOIN aside USING (source)
LEFT JOIN worst USING (source)
GROUP BY source
"""  # noqa: S608
_SUMS = ", ".join(f"sum({name})::BIGINT AS {name}" for name in (*_COUNTS, "crashed_count"))
_DAY_SUMS = ", ".join(f"sum({name}) AS {name}" for name in _COUNTS)
_VALUES = ", ".join(f"round({sql}, 4) AS {name}" for name, sql in _MEASURES.items())
_HISTORY = ", ".join(
    f"median({m}) AS {m}_median, mad({m}) AS {m}_mad, count({m}) AS {m}_days" for m in _MEASURES
)
_BESIDE = ", ".join(
    f"round({m}_median, 4) AS {m}_median, round({m}_mad, 4) AS {m}_mad, {m}_days" for m in _MEASURES
)
_JUDGED = f"""
WITH now AS (
    SELECT 'batch' AS scope, '{WHOLE}' AS source, {_SUMS},
        first(most_failed_rule ORDER BY quarantined_count DESC, source) AS most_failed_rule
    FROM volumes_of_run HAVING count(*) > 0
    UNION ALL BY NAME
    SELECT 'source' AS scope, * FROM volumes_of_run
),
earlier AS (
    SELECT * FROM quality.volumes WHERE day < $day AND weekday = isodow($day)
),
days AS (
    SELECT 'batch' AS scope, '{WHOLE}' AS source, day, {_DAY_SUMS} FROM earlier GROUP BY day
    UNION ALL
    SELECT 'source', source, day, {_DAY_SUMS} FROM earlier GROUP BY source, day
),
points AS (SELECT scope, source, article_count, {_VALUES} FROM days),
history AS (
    SELECT scope, source, median(article_count) AS usual_article_count,
        min(rows_per_article) AS rows_per_article_least, {_HISTORY}
    FROM points GROUP BY scope, source
)
SELECT now.* EXCLUDE (scope, source), scope, source,
    round(quarantined_count / nullif(row_count, 0), 4) AS quarantine_share,
    usual_article_count, rows_per_article_least, {_BESIDE}
FROM (SELECT *, {_VALUES} FROM now) AS now LEFT JOIN history USING (scope, source)
ORDER BY scope, source
"""  # noqa: S608


def count(connection: duckdb.DuckDBPyConnection, work: pa.Table, rows: Mapping[str, Batch]) -> None:
    """Count what was read of `work` into the connection's temporary table `volumes_of_run`.

    `rows`: the batches of `event_rows`, `figure_rows` and `number_rows`.
    """
    given = {name: batch["rows"] for name, batch in rows.items()} | {
        "work": work,
        "held": pa.concat_tables([batch["quarantine"] for batch in rows.values()]),
    }
    for name, table in given.items():
        connection.register(name, table)
    connection.execute(_COUNT)
    for name in given:
        connection.unregister(name)


def day_of(now: dt.datetime, settings: Settings) -> dt.date:
    """The day of an instant where the newsroom is."""
    return now.astimezone(ZoneInfo(settings.time_zone)).date()


def rows_of(
    connection: duckdb.DuckDBPyConnection, run_id: str, now: dt.datetime, settings: Settings
) -> pa.Table:
    """What was counted as rows of `quality.volumes`, by source."""
    chosen = ", ".join(column.name for column in VOLUMES.columns)
    found = connection.execute(
        f"SELECT {chosen} FROM (SELECT *, $run AS run_id, $now AS recorded_at, "  # noqa: S608
        "$day AS day, isodow($day) AS weekday FROM volumes_of_run) ORDER BY source",
        {"run": run_id, "now": now, "day": day_of(now, settings)},
    ).to_arrow_table()
    return found.cast(VOLUMES.arrow_schema)


def judged(
    connection: duckdb.DuckDBPyConnection, now: dt.datetime, settings: Settings
) -> pd.DataFrame:
    """What was counted beside its history, as the suite `batch` gets it: the batch, each source.

    No rows where nothing was read.
    """
    table = connection.execute(_JUDGED, {"day": day_of(now, settings)}).to_arrow_table()
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def limits(settings: Settings) -> pd.DataFrame:
    """The settings that the rules compare with, as one row."""
    return pd.DataFrame([{name: getattr(settings, name) for name in LIMITS}])
