"""What a release was made with: code, extractor, language model, Python, DuckDB.

Belongs here: finding these out. Does not belong here: what is in the release (`manifest.py`).
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb

from extraction.language.pipeline import MODEL, load_pipeline
from orchestration.wiring import Wiring

CHECKOUT = Path(__file__).resolve().parents[1]
"""The folder that the code runs from."""
_DIRTY = "-dirty"
_SECONDS = 30


def provenance(wiring: Wiring) -> dict[str, Any]:
    """The parts that made the rows, for the manifest."""
    return {
        "code": {"version": version("dispatches"), **git_revision(CHECKOUT)},
        "duckdb": duckdb.__version__,
        "extractor": wiring.extractor_version,
        "model": language_model(wiring.settings.language_pipeline),
        "python": platform.python_version(),
    }


def named(made_with: Mapping[str, Any]) -> dict[str, Any]:
    """The same as columns of quality.releases."""
    model = made_with["model"]
    return {
        "git_revision": made_with["code"]["git_revision"],
        "model_version": f"{model['name']} {model['version']} sha256:{model['sha256']}",
    }


def language_model(pipeline: str | None) -> dict[str, str]:
    """Name, version and SHA-256 of a pipeline's files, each with its path; null: the bundled one.

    Raises OSError or ValueError where the pipeline can't be loaded.
    """
    folder = MODEL if pipeline is None else load_pipeline(pipeline).path
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return {
        "name": f"{meta['lang']}_{meta['name']}",
        "sha256": digest.hexdigest(),
        "version": meta["version"],
    }


def git_revision(folder: Path) -> dict[str, Any]:
    """`git_revision` of a checkout, `-dirty` where tracked files differ; else null and the reason.

    The revision of a repository that merely surrounds the folder is none of the code's.
    """
    reason = None
    program = shutil.which("git")
    if not (folder / ".git").exists():
        reason = "the code does not run from a checkout"
    elif program is None:
        reason = "there is no git on this machine"
    else:
        try:
            revision = _git(program, folder, "rev-parse", "HEAD")
            changed = _git(program, folder, "status", "--porcelain", "--untracked-files=no")
        except (OSError, subprocess.SubprocessError) as error:
            reason = f"git does not tell it: {_words(error)}"
        else:
            return {"git_revision": revision + (_DIRTY if changed else ""), "git_reason": None}
    return {"git_revision": None, "git_reason": reason}


def _git(program: str, folder: Path, *arguments: str) -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    done = subprocess.run(  # noqa: S603
        [program, "--no-optional-locks", "-C", str(folder), *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=_SECONDS,
        env=environment,
    )
    return done.stdout.strip()


def _words(error: Exception) -> str:
    said = str(getattr(error, "stderr", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
