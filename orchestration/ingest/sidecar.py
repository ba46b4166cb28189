"""The description beside an article: NAME.meta.json.

Belongs here: finding and reading it. Does not belong here: what its fields mean (`metadata.py`).
"""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.ingest.contents import decode, read_bytes, sidecars_of
from orchestration.ingest.metadata import Metadata, metadata_of
from orchestration.ingest.problem import IngestError

_LIMIT = 100_000


def read_sidecar(path: Path) -> Metadata | None:
    """What is written beside `path`; None where nothing is.

    Raises IngestError broken_sidecar: an article whose description can't be read would silently
    lose its date, so it waits until the description is mended.
    """
    for sidecar in sidecars_of(path):
        if sidecar.is_symlink():
            raise _broken(sidecar, "it is a link, and links are not followed")
        if not sidecar.exists():
            continue
        try:
            described = json.loads(decode(read_bytes(sidecar, _LIMIT)))
        except IngestError as error:
            raise _broken(sidecar, str(error).rstrip("."), error.evidence) from error
        except (ValueError, RecursionError) as error:
            raise _broken(sidecar, f"it is not JSON ({error})") from error
        if not isinstance(described, dict):
            raise _broken(sidecar, "it is not a JSON object")
        return metadata_of(described)
    return None


def _broken(sidecar: Path, detail: str, evidence: str | None = None) -> IngestError:
    return IngestError("broken_sidecar", sidecar=sidecar.name, detail=detail, evidence=evidence)
