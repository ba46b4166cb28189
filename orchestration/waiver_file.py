"""The waivers file: YAML that people review, read strictly and written with its comments kept.

Belongs here: the file's form, and errors that name file and entry. Does not belong here: what a
waiver is (`waivers.py`).

Nothing is passed over: a key that nobody knows, an entry that is not valid or a file that is no
YAML is an error, for what is not read is not waived, and nobody would be told.
"""

from __future__ import annotations

import datetime as dt
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from orchestration.home import write_whole
from orchestration.waivers import Waiver, WaiverError

_HEADER = """\
Waivers: which rule may be broken, where, why, and until when. A person answers for each.

Kept in version control and reviewed. `dispatches waive add` and `waive revoke` write it; what is
written by hand counts as well. Every refresh reads it; one mistake in it stops the refresh.

  rule         suite.check_name, as docs/rules.md lists them
  scope        finding:ID, document:ID, source:NAME, or batch for a rule that is about no row
  evidence     what was seen when it was given; when that changes, the waiver holds no longer
  reason       why the rule may be broken
  given_by     the person who answers for it
  given_on     the day on which it was given
  until        the last day on which it holds, in UTC; at most 90 days after given_on
  revoked_by, revoked_on, revoked_reason   when it was taken back
"""
_KEY = "waivers"
_REQUIRED = ("rule", "scope", "reason", "given_by", "given_on", "until")
_OPTIONAL = ("evidence", "revoked_by", "revoked_on", "revoked_reason")
_ORDER = ("rule", "scope", "evidence", *_REQUIRED[2:], *_OPTIONAL[1:])
_DAYS = ("given_on", "until", "revoked_on")


class WaiverFileError(ValueError):
    """The waivers file can't be used; names the file and the entry, and says what to do."""

    def __init__(self, path: Path, where: str, message: str, next_step: str) -> None:
        self.path = path
        self.next_step = next_step
        super().__init__(f"{path}, {where}: {message}. {next_step}")


def read_waivers(path: Path) -> list[Waiver]:
    """The waivers of a file, in its order; no file, no waiver. Raises WaiverFileError."""
    return [waiver for _, waiver in _entries(path, _loaded(path))]


def add_waiver(path: Path, waiver: Waiver) -> None:
    """Append to the file, which is made if it is not there. Raises WaiverFileError."""
    document = _loaded(path)
    entries = _entries(path, document)
    if any(known.waiver_id == waiver.waiver_id for _, known in entries):
        raise WaiverFileError(path, "the file", f"it holds {waiver.waiver_id} already", "")
    document[_KEY].append(_entry(waiver))
    _write(path, document)


def revoke_waiver(path: Path, waiver_id: str, by: str, on: dt.date, reason: str) -> Waiver:
    """Mark an entry as taken back, and return it. Raises KeyError for an id that is not there."""
    document = _loaded(path)
    for at, waiver in _entries(path, document):
        if waiver.waiver_id == waiver_id:
            revoked = waiver.revoked(by, on, reason)
            document[_KEY][at].update(
                {"revoked_by": by, "revoked_on": on, "revoked_reason": reason}
            )
            _write(path, document)
            return revoked
    raise KeyError(waiver_id)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _loaded(path: Path) -> CommentedMap:
    if not os.path.lexists(path):
        document = CommentedMap({_KEY: CommentedSeq()})
        document.yaml_set_start_comment(_HEADER)
        return document
    try:
        document = _yaml().load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        where = getattr(getattr(error, "problem_mark", None), "line", None)
        raise WaiverFileError(
            path,
            "the file" if where is None else f"line {where + 1}",
            f"it is no YAML ({getattr(error, 'problem', None) or 'not UTF-8'})",
            "Correct it, or take back the last change.",
        ) from error
    except OSError as error:
        why = (error.strerror or "it can't be opened").lower()
        raise WaiverFileError(path, "the file", why, "Make it a file that can be read.") from error
    if not isinstance(document, CommentedMap) or set(document) != {_KEY}:
        raise WaiverFileError(
            path,
            "the file",
            f"it must hold one list named {_KEY} and nothing else",
            f"Begin it with `{_KEY}:`, or with `{_KEY}: []` where there are none.",
        )
    if document[_KEY] is None:
        document[_KEY] = CommentedSeq()
    if not isinstance(document[_KEY], CommentedSeq):
        raise WaiverFileError(
            path, _KEY, "it is no list", "Begin each waiver with a dash: `- rule: …`"
        )
    return document


def _entries(path: Path, document: CommentedMap) -> list[tuple[int, Waiver]]:
    found: list[tuple[int, Waiver]] = []
    seen: dict[str, int] = {}
    for at, entry in enumerate(document[_KEY]):
        where = f"entry {at + 1}"
        try:
            waiver = _waiver(entry)
        except WaiverError as error:
            raise WaiverFileError(path, where, str(error), error.next_step) from error
        first = seen.setdefault(waiver.waiver_id, at)
        if first != at:
            raise WaiverFileError(
                path, where, f"it repeats entry {first + 1}", "Take one of them out."
            )
        found.append((at, waiver))
    return found


def _waiver(entry: object) -> Waiver:
    if not isinstance(entry, Mapping):
        raise WaiverError("it has no fields", "Write `- rule: …`, then the other fields.")
    unknown = [str(key) for key in entry if key not in _ORDER]
    if unknown:
        raise WaiverError(
            f"nobody knows the field {unknown[0]!r}", f"The fields are {', '.join(_ORDER)}."
        )
    missing = [key for key in _REQUIRED if entry.get(key) is None]
    if missing:
        raise WaiverError(f"{missing[0]} is missing", "Fill it in.")
    return Waiver(**{str(key): _value(str(key), value) for key, value in entry.items()})


def _value(key: str, value: object) -> Any:
    if value is None:
        return None
    if key in _DAYS:
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        raise WaiverError(f"{key} is no day: {value}", "Write it as 2026-12-31, without quotes.")
    if not isinstance(value, str):
        raise WaiverError(f"{key} is no text: {value}", "Put it in quotes.")
    return str(value)


def _entry(waiver: Waiver) -> CommentedMap:
    values = {name: getattr(waiver, name) for name in _ORDER}
    return CommentedMap({name: value for name, value in values.items() if value is not None})


def _write(path: Path, document: CommentedMap) -> None:
    text = io.StringIO()
    _yaml().dump(document, text)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.getvalue())
