"""How long the gate of figure rows takes, beside the same questions asked in plain SQL.

    python benchmarks/gates.py [ROWS]            (default: 1,000,000)

Makes articles of twenty reports each out of the sample that the tests use, writes them as Parquet,
then lets a fresh process judge them: all rules of the suite `figures` through Great Expectations,
and the rules that SQL can state, in DuckDB. Prints wall and processor seconds, peak memory and the
ratio. Importing Great Expectations is timed apart: it is paid once a process.
"""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import duckdb  # noqa: E402
import pandas as pd  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402
import warehouse_sample as sample  # noqa: E402

REPORTS = 20
_ARTICLES_A_WRITE = 500
TWELVE = {"value": 12.0, "low": 12.0, "low_inclusive": True, "comparator": "at_least"}
OFFSETS = (
    *("start", "end", "sentence_start", "date_start", "date_end"),
    *("place_start", "place_end", "counted_start", "counted_end"),
)
SQL = """
select
    count_if(substr(v.clean_text, f.start + 1, f."end" - f.start) != f.text) as moved,
    count_if(substr(v.clean_text, f.sentence_start + 1, length(f.sentence_text))
        != f.sentence_text) as other_sentence,
    count_if(substr(v.clean_text, f.date_start + 1, f.date_end - f.date_start)
        != f.date_text) as date_moved,
    count_if(substr(v.clean_text, f.place_start + 1, f.place_end - f.place_start)
        != f.place_text) as place_moved,
    count_if(substr(v.clean_text, f.counted_start + 1, f.counted_end - f.counted_start)
        != f.counted) as counted_moved,
    count_if(f.start < f.sentence_start) as outside,
    count_if(f.status not in ('occurred', 'ongoing', 'planned', 'hypothetical', 'unknown')) as s,
    count_if(f.polarity not in ('affirmed', 'negated')) as p,
    count_if(f.low > f.high or f.value < f.low or f.value > f.high) as bounds,
    count_if(f.comparator = 'at_least' and (f.value != f.low or f.high is not null)) as at_least,
    count_if(f.date_from > f.date_to) as backwards,
    count_if(f.event is not null and e.row_id is null) as no_event,
    count_if(f.equivalent_of is not null and q.row_id is null) as no_equivalent,
    count_if(f.reference is not null and r.row_id is null) as no_reference,
    count(*) - count(distinct f.row_id) as repeated,
    count_if(left(sha256(concat_ws('|', f.version_id, 'figure', f.start, f."end", f.unit)), 16)
        != f.row_id) as other_id
from '{folder}/figures.parquet' as f
inner join '{folder}/versions.parquet' as v using (version_id)
left join '{folder}/events.parquet' as e on f.event = e.row_id
left join '{folder}/figures.parquet' as q on f.equivalent_of = q.row_id
left join '{folder}/figures.parquet' as r on f.reference = r.row_id
"""


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _moved(row: dict[str, Any], version: str, by: int, report: int) -> dict[str, Any]:
    """The row in the report `report` of an article, `by` characters further on."""
    moved = {**row, "version_id": version, "extraction_id": version}
    moved |= {name: row[name] + by for name in OFFSETS if row.get(name) is not None}
    shifts = ("start", "end", "cue_start", "cue_end")
    moved["attribution"] = [{**c, **{n: c[n] + by for n in shifts}} for c in row["attribution"]]
    moved["sentence"] += 2 * report
    kind, of_type = ("event", "event_type") if "event_type" in row else ("figure", "unit")
    key = f"{version}|{kind}|{moved['start']}|{moved['end']}|{row[of_type]}"
    return {**moved, "row_id": _hash(key)}


def _article(rows: sample.Rows, text: str) -> sample.Rows:
    version, step = _hash(text), len(sample.FIRST) - sample.FIRST.index("\n") - 1
    article: sample.Rows = {"figures": [], "events": []}
    for report in range(REPORTS):
        ids: dict[str, str] = {}
        for table in ("events", "figures"):
            for row in rows[table]:
                moved = _moved(row, version, report * step, report)
                ids[row["row_id"]] = moved["row_id"]
                article[table].append(moved)
        for figure in article["figures"][-len(rows["figures"]) :]:
            for link in ("event", "reference", "equivalent_of"):
                figure[link] = ids.get(figure.get(link) or "")
    return article


def write(folder: Path, size: int) -> None:
    """`size` figure rows or a few more, with their events and texts, as Parquet files."""
    rows: sample.Rows = {name: [] for name in sample.sample_rows()}
    sample.fire_report(rows, sample.FIRST, sample.LOADED, "1", {"numeral": "12", **TWELVE})
    body = sample.FIRST.split("\n", 1)[1]
    articles = -(-size // (REPORTS * len(rows["figures"])))
    writers: dict[str, pq.ParquetWriter] = {}
    texts = [f"{sample.FIRST}{body * (REPORTS - 1)}Copy {at:x}.\n" for at in range(articles)]
    for first in range(0, articles, _ARTICLES_A_WRITE):
        made = [_article(rows, text) for text in texts[first : first + _ARTICLES_A_WRITE]]
        for table in ("figures", "events"):
            batch = sample.arrow({table: [r for a in made for r in a[table]]}, table)
            if table not in writers:
                writers[table] = pq.ParquetWriter(folder / f"{table}.parquet", batch.schema)
            writers[table].write_table(batch)
    for writer in writers.values():
        writer.close()
    versions = {"version_id": [_hash(t) for t in texts], "clean_text": texts}
    pq.write_table(pa.table(versions), folder / "versions.parquet")


def judge(folder: Path) -> None:
    """Run the gate and the SQL on what lies in `folder`, and print both."""
    begin = time.perf_counter()
    import expectations.validation  # noqa: F401

    print(f"import of Great Expectations   {time.perf_counter() - begin:6.1f} s")
    from expectations.gate import evaluate

    frames = {
        name: pq.read_table(folder / f"{name}.parquet").to_pandas(types_mapper=pd.ArrowDtype)
        for name in ("figures", "events", "versions")
    }
    figures = frames.pop("figures")
    begin, used = time.perf_counter(), time.process_time()
    verdict = evaluate("figures", figures, **frames)
    gate, used = time.perf_counter() - begin, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    if len(verdict.failures):
        sys.exit(f"the rows of the benchmark are not good: {verdict.failures.iloc[0].to_dict()}")
    print(
        f"gate, {len(verdict.outcomes)} checks on {len(figures):,} rows   "
        f"{gate:.1f} s wall, {used:.1f} s processor, {peak:.2f} GiB at the peak"
    )
    begin = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        counts = connection.execute(SQL.format(folder=folder)).fetchone() or ()
    plain = time.perf_counter() - begin
    if any(counts):
        sys.exit(f"SQL finds fault with the rows of the benchmark: {counts}")
    print(f"SQL, {len(counts)} of them in DuckDB, 2 threads   {plain:.1f} s wall")
    print(f"gate / SQL   {gate / plain:.1f}")


def main() -> None:
    """Write the rows here, judge them in a process of its own."""
    if len(sys.argv) == 3 and sys.argv[1] == "--judge":
        judge(Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
        subprocess.run([sys.executable, __file__, "--judge", folder], check=True)


if __name__ == "__main__":
    main()
