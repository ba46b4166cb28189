"""The typed rows of the row contract, and the content-hash ids that name them.

Belongs here: the shape of what the extractor returns, closed code lists, and the one way to derive
a `row_id`. Does not belong here: any rule that reads text.

Offsets are Unicode code points, 0-based, half-open, on the string given to `extract`:
`text == clean[start:end]` holds for every row.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

STATUSES = ("occurred", "ongoing", "planned", "hypothetical", "unknown")
POLARITIES = ("affirmed", "negated")
CERTAINTIES = ("certain", "probable", "possible", "uncommitted")
ATTRIBUTION_ROLES = ("originator", "document", "conveyor")
STANCES = ("asserts", "denies", "does_not_know", "expects", "demands", "threatens")
RESOLUTIONS = ("resolved", "partial", "unresolved", "none")
GRANULARITIES = ("time", "day", "week", "month", "season", "quarter", "year", "decade", "interval")
COMPARATORS = (
    "exact",
    "approximate",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "between",
    "vague",
    "fraction_of",
    "multiple_of",
)
QUANTITY_KINDS = (
    "stock",
    "flow",
    "increment",
    "cumulative",
    "duration",
    "distance",
    "age",
    "share",
    "money",
    "rate",
    "target",
    "capacity",
)
DISPOSITIONS = (
    "figure",
    "date",
    "time",
    "ordinal",
    "identifier",
    "name",
    "score",
    "idiom",
    "pronoun",
    "list_marker",
    "code",
    "unreadable",
)
PLACE_PRECISIONS = ("point", "city", "region", "country", "area")


def version_id_of(clean_text: str) -> str:
    """The content hash that names a document version: 16 hex digits of SHA-256 over UTF-8."""
    return hashlib.sha256(clean_text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def row_id_of(version_id: str, kind: str, start: int, end: int, row_type: str) -> str:
    """The content hash that names a row, equal on every machine and in every run.

    `row_type` tells two rows of one kind over the same characters apart: the event type, the
    figure's unit, the ledger's disposition.
    """
    key = f"{version_id}|{kind}|{start}|{end}|{row_type}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(slots=True)
class Span:
    """A stretch of the clean text."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class DateMention(Span):
    """A date as written and, where an anchor allows, as calendar days (both ends inclusive)."""

    from_: str | None = None
    to: str | None = None
    granularity: str | None = None
    edtf: str | None = None
    resolution: str = "unresolved"
    anchor: str | None = None
    is_duration: bool = False
    """Also a duration ("for the past two years"): the number in it is a figure, not a date."""
    interval: DateMention | None = field(default=None, repr=False)
    """What the date says of an event that it modifies, where that is not what its words name: "by
    November" names a month and says "up to its end"; each end of "from A to B" says the whole. Rows
    take `claimed`, the list of dates keeps what the words name."""

    @property
    def claimed(self) -> DateMention:
        """The date as an event or figure that it modifies takes it."""
        return self.interval or self

    def to_row(self) -> dict[str, Any]:
        """The date as the contract's object."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "from": self.from_,
            "to": self.to,
            "granularity": self.granularity,
            "edtf": self.edtf,
            "resolution": self.resolution,
            "anchor": self.anchor,
        }


NO_DATE: dict[str, Any] = {
    "text": None,
    "start": None,
    "end": None,
    "from": None,
    "to": None,
    "granularity": None,
    "edtf": None,
    "resolution": "none",
    "anchor": None,
}


@dataclass(slots=True)
class PlaceMention(Span):
    """A place as written, with its gazetteer entry where one was found."""

    name: str | None = None
    country: str | None = None
    """ISO 3166 alpha-3."""
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    precision: str | None = None
    reason: str | None = None
    """Why the place is inherited from another sentence or has no coordinates; null when neither."""


@dataclass(slots=True)
class Entity(Span):
    """An actor or recipient: who it is, its country and its PLOVER sector."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None


@dataclass(slots=True)
class Claimant(Span):
    """One link of an attribution chain, from the originator outwards."""

    role: str = "originator"
    name: str | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None


@dataclass(slots=True)
class Attribution:
    """One act of attribution in the text: who (or null), by which cue, says what."""

    source: Claimant | None
    cue: Span
    content: Span
    chain: list[Claimant] = field(default_factory=list)
    """The whole chain, originator first; `source` is whose cue it is, as a rule the first link."""
    stance: str = "asserts"
    certainty: str | None = None
    """What the cue says of its content: null where it says nothing (rumour → uncommitted)."""
    is_claim: bool = True
    """Whether the source vouches for (or denies) what the content reports; a wish, an attitude or a
    mention is an attribution, but no claim of an event or a figure."""
    parts: list[Span] = field(default_factory=list)
    """The content's stretches in text order: it may stand on both sides of its cue; `content`
    covers them all."""


@dataclass(slots=True)
class Row:
    """What figures, events and ledger entries have in common."""

    row_id: str
    text: str
    start: int
    end: int
    sentence: int


@dataclass(slots=True)
class Claim(Row):
    """What figures and events share: a statement by somebody, about some time and place."""

    status: str = "unknown"
    polarity: str = "affirmed"
    certainty: str = "certain"
    attribution: list[Claimant] = field(default_factory=list)
    date: DateMention | None = None
    place: PlaceMention | None = None


@dataclass(slots=True)
class Figure(Claim):
    """One reported number. The meaning of each field is documented in docs/extraction.md."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    low_inclusive: bool | None = None
    high_inclusive: bool | None = None
    comparator: str = "exact"
    unit: str = "count"
    dimension: str = "count"
    base_value: float | None = None
    base_low: float | None = None
    base_high: float | None = None
    base_unit: str | None = None
    counted: str | None = None
    counted_start: int | None = None
    counted_end: int | None = None
    counted_head: str | None = None
    concept: str | None = None
    """What a percentage or a sum is about, as in the text; null where nothing is near."""
    quantity_kind: str | None = None
    per: str | None = None
    change: str | None = None
    measure: str | None = None
    event: str | None = None
    reference: str | None = None
    factor: float | None = None
    derived: bool = False
    equivalent_of: str | None = None


@dataclass(slots=True)
class Event(Claim):
    """One event mention: PLOVER type and mode, who did it, to whom."""

    event_type: str = ""
    mode: str | None = None
    acled: str | None = None
    actors: list[Entity] = field(default_factory=list)
    recipients: list[Entity] = field(default_factory=list)


@dataclass(slots=True)
class Number(Row):
    """One entry of the ledger: what became of one numeral or number word of the text."""

    disposition: str = "figure"
    reason: str = ""
    figure: str | None = None
