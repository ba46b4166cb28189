"""The dbt project: where it lies, and its manifest, prepared before any definition is loaded.

Belongs here: finding the project, parsing it once per content, running it. Does not belong here:
models.

`python -m orchestration.project` prepares the manifest for DISPATCHES_HOME and prints its path;
the commands that start Dagster do the same. The project folder itself is only read.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from dagster_dbt import DbtCliResource
from packaging.version import Version

from orchestration.home import Home
from orchestration.settings import Settings, child_environment, keep_tools_quiet

PROJECT = Path(__file__).resolve().parents[1] / "dbt_project"
_READ = {".sql", ".yml", ".yaml", ".csv", ".md"}
_NOT_READ = {"target", "logs", "dbt_packages"}
_PARTIAL_PARSE = "partial_parse.msgpack"


class ManifestMissingError(RuntimeError):
    """Definitions were asked for before dbt's manifest was prepared; says how to prepare it."""


class ProjectError(RuntimeError):
    """dbt can't read the project; carries dbt's own words."""


def environment(home: Home) -> dict[str, str]:
    """What the profile reads: the build database of this home."""
    return {"DISPATCHES_BUILD_DB": str(home.build_db)}


def dbt_executable() -> str:
    """dbt of this installation, whether or not its folder is on PATH."""
    beside = Path(sys.executable).parent / "dbt"
    return str(beside) if beside.exists() else "dbt"


def manifest_path(home: Home) -> Path:
    """Where the manifest of the project's present content lies, prepared or not."""
    return home.dbt / "manifest" / _content_hash() / "manifest.json"


def require_manifest(home: Home) -> Path:
    """The prepared manifest. Raises ManifestMissingError where there is none."""
    path = manifest_path(home)
    if not path.exists():
        raise ManifestMissingError(
            f"dbt's manifest is not prepared under {home.dbt}; "
            "run: python -m orchestration.project "
            "(`dispatches refresh` and `dispatches ui` do that by themselves)"
        )
    return path


def prepare(settings: Settings) -> Path:
    """Parse the project unless that was done for this content; returns the manifest.

    Raises ProjectError with dbt's output where the project can't be parsed.
    """
    home = Home.at(settings.home).create()
    path = manifest_path(home)
    if path.exists():
        return path
    part = path.parent.with_name(f"{path.parent.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    parsed = subprocess.run(  # noqa: S603
        [dbt_executable(), "--quiet", "parse"],
        cwd=PROJECT,
        env=child_environment(
            settings,
            {
                **environment(home),
                "DBT_PROFILES_DIR": str(PROJECT),
                "DBT_PROJECT_DIR": str(PROJECT),
                "DBT_TARGET_PATH": str(part),
                "DBT_LOG_PATH": str(part),
            },
        ),
        capture_output=True,
        text=True,
        check=False,
    )
    if parsed.returncode != 0:
        shutil.rmtree(part, ignore_errors=True)
        raise ProjectError(f"dbt can't parse {PROJECT}:\n{(parsed.stdout + parsed.stderr).strip()}")
    shutil.rmtree(path.parent, ignore_errors=True)
    part.replace(path.parent)
    _forget_others(path.parent)
    return path


def _forget_others(current: Path) -> None:
    for folder in current.parent.iterdir():
        if folder != current and not folder.name.endswith(".part"):
            shutil.rmtree(folder, ignore_errors=True)


class Dbt(DbtCliResource):  # type: ignore[misc]
    """dbt of this installation, started once per call and never opened in this process.

    dagster-dbt starts it once more to ask for its version (3 s) and loads its adapter (2 s) to
    fetch metadata, which `relations.py` does without.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, _: Sequence[str]) -> None:
        return None


def resource(home: Home) -> Dbt:
    """dbt on the project, for the steps of a run. Sets what the profile reads in this process."""
    os.environ.update(environment(home))
    return Dbt(project_dir=str(PROJECT), profiles_dir=str(PROJECT), dbt_executable=dbt_executable())


def target_folder(home: Home, run_id: str, manifest: Path) -> Path:
    """A fresh folder for the artifacts of a run, with what dbt needs to skip parsing."""
    folder = home.dbt / "target" / run_id
    folder.mkdir(parents=True, exist_ok=True)
    parsed = manifest.with_name(_PARTIAL_PARSE)
    if parsed.exists():
        shutil.copy(parsed, folder / _PARTIAL_PARSE)
    return folder


def _content_hash() -> str:
    digest = hashlib.sha256(f"{version('dbt-core')}|{version('dbt-duckdb')}|{PROJECT}".encode())
    for path in sorted(PROJECT.rglob("*")):
        relative = path.relative_to(PROJECT)
        if path.suffix in _READ and path.is_file() and not _NOT_READ & set(relative.parts):
            digest.update(f"\0{relative.as_posix()}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> int:
    """Prepare the manifest and print where it lies."""
    keep_tools_quiet()
    try:
        sys.stdout.write(f"{prepare(Settings())}\n")
    except ProjectError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
