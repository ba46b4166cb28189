"""dbt run for real, in a process of its own, on a database made by hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse_sample import Rows, write_database

PROJECT = Path(__file__).parents[1] / "dbt_project"
_DBT = "from dbt.cli.main import cli; cli()"


@dataclass(frozen=True)
class Built:
    """What one `dbt build` left behind."""

    database: Path
    returncode: int
    output: str
    manifest: dict[str, Any]
    status: dict[str, str]
    """Status of each node by its name."""


def build(folder: Path, rows: Rows) -> Built:
    database = folder / "dispatches.duckdb"
    write_database(database, rows)
    environment = os.environ | {
        "DISPATCHES_BUILD_DB": str(database),
        "DBT_TARGET_PATH": str(folder / "target"),
        "DBT_LOG_PATH": str(folder / "logs"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    command = [sys.executable, "-c", _DBT, "build"]
    folders = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    done = subprocess.run(
        [*command, *folders], env=environment, cwd=folder, capture_output=True, text=True
    )
    results = json.loads((folder / "target" / "run_results.json").read_text())["results"]
    return Built(
        database,
        done.returncode,
        done.stdout + done.stderr,
        json.loads((folder / "target" / "manifest.json").read_text()),
        {result["unique_id"]: result["status"] for result in results},
    )
