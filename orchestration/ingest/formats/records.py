"""JSON: one article an object, one or many objects a file.

Belongs here: .json (an object, or a list of objects) and .jsonl (an object a line). Does not belong
here: the names of the keys (`fields.tsv`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from orchestration.ingest.contents import decode
from orchestration.ingest.formats.drafts import Draft, Refusal
from orchestration.ingest.metadata import keys_of, metadata_of, value_of
from orchestration.ingest.problem import IngestError


def read_json(content: bytes) -> Iterator[Draft | Refusal]:
    """The article, or the articles of the list, that a .json file holds.

    Raises IngestError: what `decode` raises, broken_json, json_lines_in_json.
    """
    text = decode(content)
    try:
        value = _parse(text)
    except IngestError:
        first, _, rest = text.strip().partition("\n")
        if rest.strip() and _parses(first):
            raise IngestError("json_lines_in_json", evidence=first) from None
        raise
    if isinstance(value, list):
        for position, item in enumerate(value, 1):
            yield _record(item, position)
    else:
        yield _record(value, None)


def read_json_lines(content: bytes) -> Iterator[Draft | Refusal]:
    """The articles of a .jsonl file; a bad line is refused alone. Empty lines are passed over.

    Raises IngestError: what `decode` raises.
    """
    for number, line in enumerate(decode(content).split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = _parse(line)
        except IngestError as error:
            yield Refusal(error, number)
        else:
            yield _record(value, number)


def _record(value: Any, position: int | None) -> Draft | Refusal:
    try:
        text = _text_of(value)
    except IngestError as error:
        return Refusal(error, position)
    key = value_of(value, "id")
    named = str(key) if isinstance(key, str | int) else position
    return Draft(text, metadata_of(value), position, None if position is None else str(named))


def _text_of(value: Any) -> str:
    if not isinstance(value, dict):
        raise IngestError("record_not_object", detail=_kind(value), evidence=_shown(value))
    text = value_of(value, "text")
    if text is None:
        keys = ", ".join(keys_of("text"))
        raise IngestError("record_without_text", keys=keys, evidence=_shown(value))
    if not isinstance(text, str):
        raise IngestError("text_not_string", key="text", detail=_kind(text), evidence=_shown(value))
    return text


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        near = text[max(0, error.pos - 40) : error.pos + 40]
        detail = f"{error.msg[0].lower()}{error.msg[1:].removesuffix(' at')} at {where}"
        raise IngestError("broken_json", detail=detail, observed=where, evidence=near) from error
    except (ValueError, RecursionError) as error:
        reason = (
            "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
        )
        raise IngestError("broken_json", detail=reason, evidence=text[:200]) from error


def _parses(line: str) -> bool:
    try:
        return isinstance(_parse(line), dict)
    except IngestError:
        return False


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a text",
        bool: "true or false",
        type(None): "null",
    }
    return names.get(type(value), "a number")


def _shown(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:200]
