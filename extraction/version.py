"""The version of the extractor: a name that changes with whatever can change a row.

Belongs here: the name. Does not belong here: what follows from another one (`orchestration`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RELEASE = "0.1.0"
"""For people; the digits behind it decide."""
_ROOT = Path(__file__).parent
_MODEL = _ROOT / "language" / "model"
_TRAINING = _ROOT / "language" / "training"
_READ = frozenset({".py", ".tsv"})


@cache
def extractor_version() -> str:
    """`0.1.0+` and 8 hex digits over code, vocabularies and weights, the same in every install.

    A text is read once by one version: a word added to a vocabulary makes another one, and the next
    refresh reads every article again.
    """
    return f"{RELEASE}+{digest_of(_ROOT)}"


def digest_of(root: Path) -> str:
    """8 hex digits over the names and bytes of what the extractor consists of under `root`."""
    digest = hashlib.sha256()
    for path in sorted(_parts(root), key=lambda part: part.relative_to(root).as_posix()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\n{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:8]


def _parts(root: Path) -> Iterator[Path]:
    """Code and vocabularies without what made the weights, and the weights."""
    model, training = (root / place.relative_to(_ROOT) for place in (_MODEL, _TRAINING))
    for path in root.rglob("*"):
        of_model = path.is_relative_to(model) and path.is_file()
        if of_model or (path.suffix in _READ and not path.is_relative_to(training)):
            yield path
