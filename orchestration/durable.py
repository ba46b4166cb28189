"""Files that have to be what they were, after years and after a power cut.

Belongs here: checksums, and waiting for the disk. Does not belong here: which files these are.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_CHUNK = 1 << 20


def sha256(file: Path) -> str:
    """64 hex digits of the file's bytes."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def as_document(value: Mapping[str, Any]) -> str:
    """JSON for people and programs, always the same for the same content."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def to_disk(path: Path) -> None:
    """Return when the file or folder is on the disk, whatever happens to the power then."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
