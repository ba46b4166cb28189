"""The console command as a test runs it: a process of its own, in a folder and home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.states import view_ddl
from orchestration.tables import TABLES

ROOT = Path(__file__).parents[1]
PROGRAM = "import sys; from orchestration.cli import main; main()"
"""What the console script `dispatches` does."""


@dataclass(frozen=True)
class CommandLine:
    """Runs `dispatches` in `folder`; state lies in `folder/.dispatches`."""

    folder: Path

    @property
    def published(self) -> Path:
        return self.folder / ".dispatches" / "published" / "dispatches.duckdb"

    def __call__(
        self,
        *arguments: str | Path,
        stdin: str = "",
        environment: Mapping[str, str] | None = None,
        **options: Any,
    ) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", PROGRAM, *map(str, arguments)]
        return self.run(program, stdin, environment, **options)

    def run(
        self,
        program: Sequence[str],
        stdin: str = "",
        environment: Mapping[str, str] | None = None,
        **options: Any,
    ) -> subprocess.CompletedProcess[str]:
        """Run any program as the command would run here."""
        return subprocess.run(
            program,
            cwd=self.folder,
            env={**_environment(), **(environment or {})},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
            **options,
        )

    def piped_into(self, reader: Sequence[str], *arguments: str) -> tuple[int, str]:
        """Exit code and messages of a command whose output goes to another program."""
        command = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            cwd=self.folder,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        subprocess.run(reader, stdin=command.stdout, timeout=60, check=True)
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        return command.wait(timeout=60), command.stderr.read()

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of the published file, as any reader sees them."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(query).fetchall()


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DISPATCHES_", "DAGSTER_", "PYTEST_"))
    }
    return {**kept, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}


def publish_by_hand(path: Path, *statements: str) -> None:
    """A small published file with the tables of quality and one fact, without a refresh."""
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA quality")
        for table in TABLES:
            if table.schema == "quality":
                connection.register("shape", table.arrow_schema.empty_table())
                connection.execute(f"CREATE TABLE {table.qualified_name} AS FROM shape")
                connection.unregister("shape")
        connection.execute(
            "CREATE TABLE marts.fct_figure (row_id VARCHAR, text VARCHAR, value DOUBLE, "
            "low DOUBLE, flags VARCHAR[], seen DATE)"
        )
        for statement in (*view_ddl(), *statements):
            connection.execute(statement)
