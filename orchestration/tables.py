"""The tables between the steps: column names, types and meaning, stated once.

Belongs here: the schema of every table that Python writes, used for Parquet batches, for DDL, for
the column schema in the Dagster UI and for the documentation. Does not belong here: reading or
writing them.

The names of the row contract are kept; `date` and `place` are flattened with their name as
prefix.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

_ATTRIBUTION = pa.list_(
    pa.struct(
        [
            ("role", pa.string()),
            ("text", pa.string()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("name", pa.string()),
            ("cue", pa.string()),
            ("cue_start", pa.int64()),
            ("cue_end", pa.int64()),
        ]
    )
)
_ENTITIES = pa.list_(
    pa.struct(
        [
            ("text", pa.string()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("name", pa.string()),
            ("country", pa.string()),
            ("sector", pa.string()),
        ]
    )
)
_TEXT, _INT, _FLOAT, _BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()
_DAY, _INSTANT = pa.date32(), pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, Arrow type, what it means, and whether it may be empty."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `schema.name`, its grain in words, and its columns in order."""

    schema: str
    name: str
    grain: str
    columns: tuple[Column, ...]

    @property
    def qualified_name(self) -> str:
        """`schema.name`, as SQL writes it."""
        return f"{self.schema}.{self.name}"

    @property
    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema; nothing is inferred from data."""
        return pa.schema([pa.field(c.name, c.type, c.nullable) for c in self.columns])


def _required(name: str, kind: pa.DataType, description: str) -> Column:
    return Column(name, kind, description, nullable=False)


_KEYS = (
    _required("extraction_id", _TEXT, "The extraction that read this row"),
    _required("document_id", _TEXT, "The document it was read from"),
    _required("version_id", _TEXT, "Content hash of the clean text it was read from"),
)
_SPAN = (
    _required("row_id", _TEXT, "Content hash of version, kind, span and type"),
    _required("text", _TEXT, "The characters clean_text[start:end]"),
    _required("start", _INT, "First character in the clean text, 0-based code points"),
    _required("end", _INT, "One past the last character"),
    _required("sentence", _INT, "Index of the sentence in the version"),
    _required("sentence_text", _TEXT, "The sentence itself"),
    _required("sentence_start", _INT, "Offset of the sentence in the clean text"),
)
_CLAIM = (
    _required("status", _TEXT, "occurred, ongoing, planned, hypothetical or unknown"),
    _required("polarity", _TEXT, "affirmed or negated"),
    _required("certainty", _TEXT, "certain, probable, possible or uncommitted"),
    _required(
        "attribution", _ATTRIBUTION, "Claimants from the originator outwards; empty = the article"
    ),
    Column("date_text", _TEXT, "The date as written"),
    Column("date_start", _INT, "Offset of the date"),
    Column("date_end", _INT, "End offset of the date"),
    Column("date_from", _DAY, "First day, inclusive"),
    Column("date_to", _DAY, "Last day, inclusive"),
    Column("date_granularity", _TEXT, "day, week, month, season, year …"),
    Column("date_edtf", _TEXT, "Extended Date/Time Format"),
    _required("date_resolution", _TEXT, "resolved, partial, unresolved or none"),
    Column("date_anchor", _TEXT, "What a relative date was resolved against"),
    Column("place_text", _TEXT, "The place as written"),
    Column("place_start", _INT, "Offset of the place"),
    Column("place_end", _INT, "End offset of the place"),
    Column("place_name", _TEXT, "Gazetteer name"),
    Column("place_country", _TEXT, "ISO 3166 alpha-3"),
    Column("place_latitude", _FLOAT, "Degrees north"),
    Column("place_longitude", _FLOAT, "Degrees east"),
    Column("place_geonames_id", _INT, "GeoNames id"),
    Column("place_precision", _TEXT, "point, city, region, country or area"),
    Column("place_reason", _TEXT, "Why the place is inherited or has no coordinates"),
)
_FLAGS = _required("flags", pa.list_(_TEXT), "Checks of severity warning that the row failed")

FIGURES = Table(
    "landing",
    "figures",
    "One row per figure mention in one extraction of a document version",
    (
        *_KEYS,
        *_SPAN,
        *_CLAIM,
        Column("value", _FLOAT, "The number; null where only bounds are known"),
        Column("low", _FLOAT, "Lower bound; null = open or not known"),
        Column("high", _FLOAT, "Upper bound; null = open or not known"),
        Column("low_inclusive", _BOOL, "Whether low itself is meant"),
        Column("high_inclusive", _BOOL, "Whether high itself is meant"),
        _required("comparator", _TEXT, "exact, approximate, at_least, more_than, at_most …"),
        _required("unit", _TEXT, "count, percent, a singular unit name or an ISO 4217 code"),
        _required("dimension", _TEXT, "count, ratio, currency, length, time …"),
        Column("base_value", _FLOAT, "value in the dimension's base unit"),
        Column("base_low", _FLOAT, "low in the base unit"),
        Column("base_high", _FLOAT, "high in the base unit"),
        Column("base_unit", _TEXT, "The dimension's base unit"),
        Column("counted", _TEXT, "The noun phrase counted, as in the text"),
        Column("counted_start", _INT, "Offset of the noun phrase"),
        Column("counted_end", _INT, "End offset of the noun phrase"),
        Column("counted_head", _TEXT, "Lemma of its head"),
        Column("concept", _TEXT, "What a percentage or sum is about"),
        Column("quantity_kind", _TEXT, "stock, flow, increment, cumulative, duration …"),
        Column("per", _TEXT, "Denominator of a rate"),
        Column("change", _TEXT, "up or down"),
        Column("measure", _TEXT, "killed, wounded, displaced, troops …"),
        Column("event", _TEXT, "row_id of the event that it sizes"),
        Column("reference", _TEXT, "row_id of the figure that it is relative to"),
        Column("factor", _FLOAT, "Fraction or multiple of the reference"),
        _required("derived", _BOOL, "Whether value was computed from the reference"),
        Column("equivalent_of", _TEXT, "row_id of the same quantity in another unit"),
        _FLAGS,
    ),
)
EVENTS = Table(
    "landing",
    "events",
    "One row per event mention in one extraction of a document version",
    (
        *_KEYS,
        *_SPAN,
        *_CLAIM,
        _required("event_type", _TEXT, "PLOVER type"),
        Column("mode", _TEXT, "PLOVER mode of that type"),
        Column("acled", _TEXT, "ACLED sub-event type where type and mode determine one"),
        _required("actors", _ENTITIES, "Who did it"),
        _required("recipients", _ENTITIES, "To whom"),
        _FLAGS,
    ),
)
NUMBERS = Table(
    "landing",
    "numbers",
    "One row per numeral or number word in one extraction of a document version",
    (
        *_KEYS,
        *_SPAN,
        _required("disposition", _TEXT, "figure, date, time, ordinal, identifier, name …"),
        _required("reason", _TEXT, "Why, in plain words"),
        Column("figure", _TEXT, "row_id of the figure that it became"),
        _FLAGS,
    ),
)
DOCUMENT_VERSIONS = Table(
    "landing",
    "document_versions",
    "One row per clean text of a document",
    (
        _required("document_id", _TEXT, "Hash of the canonical URL, or of the file's identity"),
        _required("version_id", _TEXT, "Content hash of the clean text"),
        _required("source_path", _TEXT, "The file as given, relative to the folder that was read"),
        Column("source_record", _INT, "Line of a .jsonl file, place in a .json list, 1-based"),
        _required("source_format", _TEXT, "txt, html, json or jsonl"),
        _required(
            "file_hash", _TEXT, "SHA-256 of the file's bytes, and of the description beside it"
        ),
        Column("canonical_url", _TEXT, "The article's own address, where it gives one"),
        Column("title", _TEXT, "Headline"),
        Column("publisher", _TEXT, "Who published it"),
        Column("published_date", _DAY, "Publication date; never invented"),
        _required("published_source", _TEXT, "sidecar, html, json, or why there is none"),
        Column("language", _TEXT, "Declared language, where the file gives one"),
        _required("clean_text", _TEXT, "The text that all offsets refer to"),
        _required("char_count", _INT, "Length of the clean text in code points"),
        _required("text_signature", _TEXT, "MinHash of the clean text, hex; finds near-duplicates"),
        Column(
            "near_duplicate_of", _TEXT, "version_id of an earlier version that nearly equals it"
        ),
        Column("near_duplicate_share", _FLOAT, "Estimated Jaccard similarity to it, 0 to 1"),
        _required("run_id", _TEXT, "The Dagster run that loaded it"),
        _required("loaded_at", _INSTANT, "When it was loaded"),
        _FLAGS,
    ),
)
EXTRACTIONS = Table(
    "landing",
    "extractions",
    "One row per reading of a document version by one extractor version with one publication date",
    (
        _required(
            "extraction_id", _TEXT, "Hash of version, publication date and extractor version"
        ),
        _required("document_id", _TEXT, "The document"),
        _required("version_id", _TEXT, "The document version"),
        Column("published_date", _DAY, "The anchor of relative dates"),
        _required("extractor_version", _TEXT, "The extractor that read it"),
        _required("sentence_count", _INT, "Sentences in the text"),
        _required("figure_count", _INT, "Figure rows admitted"),
        _required("event_count", _INT, "Event rows admitted"),
        _required("number_count", _INT, "Ledger rows admitted"),
        _required("run_id", _TEXT, "The Dagster run that loaded it"),
        _required("loaded_at", _INSTANT, "When it was loaded"),
    ),
)
FILES = Table(
    "quality",
    "files",
    "One row per file content that was ever read",
    (
        _required("source_path", _TEXT, "The file as given"),
        _required("file_hash", _TEXT, "SHA-256 of its bytes; of its name where it can't be read"),
        _required("outcome", _TEXT, "admitted or quarantined"),
        _required("run_id", _TEXT, "The run that read it"),
        _required("recorded_at", _INSTANT, "When"),
    ),
)
QUARANTINE = Table(
    "quality",
    "quarantine",
    "One row per file or row that was set aside by one rule",
    (
        _required("quarantine_id", _TEXT, "Hash of rule, file or row, and content"),
        _required("fingerprint", _TEXT, "Hash of the evidence; a waiver holds for this one only"),
        _required("gate", _TEXT, "file, article, accuracy, rows, batch or release"),
        _required("rule", _TEXT, "Check name"),
        _required("source_path", _TEXT, "The file"),
        Column("source_record", _INT, "Line of a .jsonl file"),
        Column("file_hash", _TEXT, "SHA-256 of the file's bytes"),
        Column("source", _TEXT, "Who published it, where that is known"),
        Column("document_id", _TEXT, "The document"),
        Column("version_id", _TEXT, "The document version"),
        Column("extraction_id", _TEXT, "The extraction that read the row"),
        Column("extractor_version", _TEXT, "The extractor that read the row"),
        Column("row_kind", _TEXT, "figure, event or number"),
        Column("row_id", _TEXT, "The row"),
        _required("reason", _TEXT, "What is wrong, in plain words"),
        Column("observed", _TEXT, "What was seen"),
        Column("evidence", _TEXT, "The sentence, or the first bytes of the file"),
        Column("evidence_start", _INT, "Span inside the evidence"),
        Column("evidence_end", _INT, "End of the span inside the evidence"),
        _required("next_step", _TEXT, "What to do"),
        _required("run_id", _TEXT, "The run that set it aside"),
        _required("recorded_at", _INSTANT, "When"),
    ),
)
CHECK_RESULTS = Table(
    "quality",
    "check_results",
    "One row per evaluation of one check, passes too",
    (
        _required("run_id", _TEXT, "The run"),
        _required("gate", _TEXT, "file, article, accuracy, rows, batch or release"),
        _required("suite", _TEXT, "articles, accuracy, events, figures, numbers, batch or release"),
        _required("check_name", _TEXT, "The check"),
        _required("severity", _TEXT, "info, warning, quarantine or block"),
        _required("success", _BOOL, "Whether it passed"),
        _required("evaluated_count", _INT, "Rows looked at"),
        _required("unexpected_count", _INT, "Rows that failed"),
        _required("waived_count", _INT, "Of these, rows that a waiver let pass"),
        Column("observed", _TEXT, "What the first failing row shows; null where none fails"),
        Column("problem", _TEXT, "Why the check could not run; null when it ran"),
        _required("recorded_at", _INSTANT, "When"),
    ),
)
QUARANTINE_STATES = Table(
    "quality",
    "quarantine_states",
    "One row per change of the state of one finding; the last one holds",
    (
        _required("quarantine_id", _TEXT, "The finding"),
        _required("state", _TEXT, "open, fixed, waived, rejected or superseded"),
        _required("reason", _TEXT, "Why, in plain words"),
        _required("changed_by", _TEXT, "refresh, or the person who decided"),
        Column("waiver_id", _TEXT, "The waiver that let it pass"),
        Column("run_id", _TEXT, "The run that changed it"),
        _required("recorded_at", _INSTANT, "When"),
    ),
)
WAIVERS = Table(
    "quality",
    "waivers",
    "One row per waiver of the waivers file",
    (
        _required("waiver_id", _TEXT, "Hash of rule, scope, evidence, giver and end"),
        _required("rule", _TEXT, "suite.check_name, as in docs/rules.md; file.rule for a file"),
        _required("scope", _TEXT, "finding:ID, document:ID, source:NAME or batch"),
        Column("evidence", _TEXT, "Fingerprint of what was seen when it was given"),
        _required("reason", _TEXT, "Why the rule may be broken"),
        _required("given_by", _TEXT, "The person who answers for it"),
        _required("given_on", _DAY, "When it was given"),
        _required("until", _DAY, "Last day on which it holds; at most 90 days after given_on"),
        _required("state", _TEXT, "active, expired or revoked, when the run read it"),
        Column("revoked_by", _TEXT, "Who took it back"),
        Column("revoked_on", _DAY, "When it was taken back"),
        Column("revoked_reason", _TEXT, "Why it was taken back"),
    ),
)
VOLUMES = Table(
    "quality",
    "volumes",
    "One row per run and source: how much was read, and of what kind",
    (
        _required("run_id", _TEXT, "The run"),
        _required("recorded_at", _INSTANT, "When"),
        _required("day", _DAY, "The day of the run, in the time zone of the schedule"),
        _required("weekday", _INT, "ISO weekday of it: 1 = Monday"),
        _required("source", _TEXT, "Publisher, else host of the address, else unknown"),
        _required("article_count", _INT, "Articles read"),
        _required("row_count", _INT, "Figure, event and ledger rows read, before the gate"),
        _required("quarantined_count", _INT, "Of these, rows set aside"),
        _required("event_count", _INT, "Event rows that passed the gate"),
        _required("figure_count", _INT, "Figure rows that passed the gate"),
        _required("attributed_count", _INT, "Of these, rows with a claimant"),
        _required("dated_count", _INT, "Of these, rows with a date in the text"),
        _required("unresolved_count", _INT, "Of these, rows whose date is partial or unresolved"),
    ),
)
ACCURACY = Table(
    "quality",
    "accuracy",
    "One row per run and measure: the extractor on the project's own gold sentences",
    (
        _required("run_id", _TEXT, "The run"),
        _required("recorded_at", _INSTANT, "When"),
        _required("extractor_version", _TEXT, "The extractor"),
        _required("measure", _TEXT, "figure_f1, event_f1, figure_attribution …"),
        _required("right_count", _INT, "Right"),
        _required("judged_count", _INT, "Judged"),
        _required("value", _FLOAT, "Right of judged, or F1, 0 to 1"),
        _required("floor", _FLOAT, "Below it nothing is loaded"),
    ),
)
RELEASES = Table(
    "quality",
    "releases",
    "One row per published release",
    (
        _required("release_number", _INT, "Counts up from 1"),
        Column("previous_release", _INT, "The release that it was compared with"),
        _required("run_id", _TEXT, "The run that published it"),
        _required("published_at", _INSTANT, "When"),
        _required("extractor_version", _TEXT, "The extractor"),
        _required("model_version", _TEXT, "The language model: name, version, hash of its weights"),
        Column("git_revision", _TEXT, "Commit of the code, where it runs from a checkout"),
        _required("document_count", _INT, "Documents in the release"),
        _required("event_count", _INT, "Rows of fct_event_mention"),
        _required("figure_count", _INT, "Rows of fct_figure"),
        _required("number_count", _INT, "Rows of fct_number"),
        _required("quarantine_count", _INT, "Findings that are open"),
        _required("waiver_count", _INT, "Waivers that are active"),
        _required("added_count", _INT, "Fact rows that the previous release did not have"),
        _required("changed_count", _INT, "Fact rows that say something else than before"),
        _required("removed_count", _INT, "Fact rows that are gone"),
        _required("manifest", _TEXT, "The whole manifest, JSON"),
    ),
)
RELEASE_CHANGES = Table(
    "quality",
    "release_changes",
    "One row per fact row that a release added, changed or removed",
    (
        _required("release_number", _INT, "The release"),
        _required("table_name", _TEXT, "fct_event_mention, fct_figure or fct_number"),
        _required("row_id", _TEXT, "The row"),
        _required("document_id", _TEXT, "Its document"),
        _required("change", _TEXT, "added, changed or removed"),
        _required("cause", _TEXT, "new_text, new_extractor, correction or rule"),
    ),
)
RELEASE_EVENTS = Table(
    "quality",
    "release_events",
    "One row per thing done to a release after it was made",
    (
        _required("release_number", _INT, "The release"),
        _required("action", _TEXT, "rolled_back_to, kept, let_go or pruned"),
        Column("done_by", _TEXT, "The person; null for the refresh itself"),
        Column("reason", _TEXT, "Why"),
        _required("recorded_at", _INSTANT, "When"),
    ),
)

TABLES = (
    DOCUMENT_VERSIONS,
    EXTRACTIONS,
    FIGURES,
    EVENTS,
    NUMBERS,
    FILES,
    QUARANTINE,
    QUARANTINE_STATES,
    WAIVERS,
    CHECK_RESULTS,
    VOLUMES,
    ACCURACY,
    RELEASES,
    RELEASE_CHANGES,
    RELEASE_EVENTS,
)
