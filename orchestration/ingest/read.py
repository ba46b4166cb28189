"""From a file that was found to the articles in it.

Belongs here: which reader reads which format, and turning whatever goes wrong into a problem that
names the file and the record. Does not belong here: the formats themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from orchestration.ingest.contents import file_hash, read_bytes
from orchestration.ingest.discover import FORMATS
from orchestration.ingest.formats.drafts import Draft, Refusal, check_text
from orchestration.ingest.formats.page import read_page
from orchestration.ingest.formats.plain import read_plain
from orchestration.ingest.formats.records import read_json, read_json_lines
from orchestration.ingest.limits import Limits
from orchestration.ingest.metadata import Metadata, publication_date
from orchestration.ingest.problem import FileProblem, IngestError
from orchestration.ingest.sidecar import read_sidecar
from orchestration.ingest.source import RawArticle, SourceFile

_READERS: dict[str, Callable[[bytes], Iterable[Draft | Refusal]]] = {
    "txt": read_plain,
    "html": read_page,
    "json": read_json,
    "jsonl": read_json_lines,
}
_DESCRIBED = ("txt", "html")
"""Formats whose articles may have a description beside them; JSON describes itself."""
_ORIGIN = {"txt": "text", "html": "html", "json": "json", "jsonl": "json"}
_MAX_PROBLEMS = 100
"""Problems listed for one file; a 10 MB file of empty objects would otherwise fill the
quarantine."""


def read_file(source: SourceFile, settings: Limits) -> tuple[list[RawArticle], list[FileProblem]]:
    """The articles of one file, and what is wrong with it or with single records of it.

    Never raises for bad input. The same bytes give the same result; no address or path that a file
    mentions is opened.
    """
    if source.problem is not None:
        return [], [source.problem]
    digest = file_hash(source, settings)
    articles: list[RawArticle] = []
    problems: list[FileProblem] = []
    try:
        kind, sidecar, drafts = _open(source, settings)
        for draft in drafts:
            error = draft.error if isinstance(draft, Refusal) else None
            if isinstance(draft, Draft):
                try:
                    check_text(draft.text, settings.max_line_chars)
                    articles.append(_article(draft, sidecar, source, kind, digest))
                except IngestError as refused:
                    error = refused
            if error is not None:
                problems.append(error.about(source.source_path, digest, draft.record))
    except IngestError as error:
        problems.append(error.about(source.source_path, digest))
    return articles, _capped(problems, source, digest)


def _open(
    source: SourceFile, settings: Limits
) -> tuple[str, Metadata | None, Iterable[Draft | Refusal]]:
    suffix = source.path.suffix.lower()
    kind = FORMATS.get(suffix)
    if kind is None:
        named = f"that ends in {suffix}" if suffix else "without an ending"
        raise IngestError("unknown_format", kind=named, observed=suffix or None)
    content = read_bytes(source.path, settings.max_file_bytes)
    sidecar = read_sidecar(source.path) if kind in _DESCRIBED else None
    return kind, sidecar, _READERS[kind](content)


def _article(
    draft: Draft, sidecar: Metadata | None, source: SourceFile, kind: str, digest: str
) -> RawArticle:
    stated = draft.metadata if sidecar is None else sidecar.over(draft.metadata)
    by_sidecar = sidecar is not None and sidecar.published is not None
    published, origin = publication_date(
        stated.published, "sidecar" if by_sidecar else _ORIGIN[kind]
    )
    return RawArticle(
        source_path=source.source_path,
        source_record=draft.record,
        source_format=kind,
        file_hash=digest,
        canonical_url=stated.url,
        title=stated.title,
        publisher=stated.publisher,
        published_date=published,
        published_source=origin,
        language=stated.language,
        text=draft.text,
        record_key=draft.key,
    )


def _capped(problems: list[FileProblem], source: SourceFile, digest: str) -> list[FileProblem]:
    more = len(problems) - _MAX_PROBLEMS
    if more <= 0:
        return problems
    rest = IngestError("many_bad_records", count=f"{more:,}")
    return [*problems[:_MAX_PROBLEMS], rest.about(source.source_path, digest)]
