"""From a file to its bytes, and from bytes to text, with nothing taken on trust.

Belongs here: opening, the size limit, what the bytes really are, the encoding, the content hash.
Does not belong here: what the text says.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import stat
from functools import cache
from pathlib import Path

from extraction.vocabulary import load_table
from orchestration.ingest.discover import SIDECAR_SUFFIX, SPECIAL, name_hash
from orchestration.ingest.limits import Limits
from orchestration.ingest.problem import IngestError
from orchestration.ingest.source import SourceFile
from orchestration.printable import printable_bytes

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the shorter one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = bytes(code for code in range(0x20) if code not in b"\t\n\v\f\r\x1b\x1c\x1d\x1e\x1a")
_MAX_CONTROL_SHARE = 0.02
"""More control characters than this and the content is not text; a stray one is cleaned away."""


def read_bytes(path: Path, limit: int) -> bytes:
    """The content of a regular file of at most `limit` bytes; links and devices are not opened.

    Raises IngestError: unreadable_file, special_file, too_large. The size is asked before reading.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        detail = os.strerror(error.errno or errno.EIO).lower()
        raise IngestError("unreadable_file", detail=detail) from error
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise IngestError("special_file", detail=SPECIAL)
        if status.st_size > limit:
            raise _too_large(status.st_size, limit, file.read(64))
        content = file.read(limit + 1)
    if len(content) > limit:  # it grew meanwhile
        raise _too_large(len(content), limit, content)
    return content


def sidecars_of(path: Path) -> list[Path]:
    """Where a description of `path` may lie: NAME.meta.json, or NAME.txt.meta.json."""
    return [path.with_name(name + SIDECAR_SUFFIX) for name in (path.stem, path.name)]


def file_hash(source: SourceFile, settings: Limits) -> str:
    """SHA-256 that changes whenever the file, or the description beside it, says something else.

    Without a description it is the SHA-256 of the bytes. A file that can't be read or is too large
    gives the hash of its name and size. Cheap; lets a caller skip what was read before.
    """
    if source.problem is not None:
        return source.problem.file_hash
    try:
        digest = hashlib.sha256(read_bytes(source.path, settings.max_file_bytes))
    except IngestError as error:
        return name_hash(f"{source.source_path}\0{error.observed or ''}")
    for sidecar in sidecars_of(source.path):
        if sidecar.is_symlink() or sidecar.exists():
            try:
                described = read_bytes(sidecar, settings.max_file_bytes)
            except IngestError as error:
                described = str(error).encode()
            digest.update(b"\0" + hashlib.sha256(described).digest())
    return digest.hexdigest()


def decode(content: bytes, encoding: str = "utf-8") -> str:
    """The text of `content`: by its byte order mark, else in `encoding`; never by guessing.

    Raises IngestError: empty_file, binary_content, not_utf8.
    """
    if not content.strip():
        raise IngestError("empty_file", observed=f"{len(content)} bytes")
    for mark, marked in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], marked)
    _refuse_binary(content)
    return _strict(content, encoding)


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start
        raise IngestError(
            "not_utf8",
            encoding=encoding.upper(),
            byte=f"0x{content[at]:02x}",
            offset=f"{at:,}",
            observed=f"byte 0x{content[at]:02x} at offset {at:,}",
            evidence=printable_bytes(content[max(0, at - 20) : at + 20]),
        ) from error


def _refuse_binary(content: bytes) -> None:
    kind = next((name for prefix, name in _signatures() if content.startswith(prefix)), None)
    if kind is None:
        control = len(content) - len(content.translate(None, _CONTROL))
        if 0 not in content[:8192] and control <= len(content) * _MAX_CONTROL_SHARE:
            return
        kind = "binary data"
    raise IngestError(
        "binary_content", detail=kind, observed=kind, evidence=printable_bytes(content)
    )


@cache
def _signatures() -> tuple[tuple[bytes, str], ...]:
    table = load_table("signatures", ("prefix", "kind"), "orchestration.ingest")
    return tuple((bytes.fromhex(row["prefix"]), row["kind"]) for row in table)


def _too_large(size: int, limit: int, start: bytes) -> IngestError:
    return IngestError(
        "too_large",
        size=f"{size:,}",
        limit=f"{limit:,}",
        observed=f"{size:,} bytes",
        evidence=printable_bytes(start[:64]),
    )
