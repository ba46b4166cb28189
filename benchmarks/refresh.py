"""How long a refresh takes, beside a bare `dbt build` of the same project on the same database.

    python benchmarks/refresh.py [ARTICLES…]     (default: the sample in raw/)

Runs, in a home of its own: a first refresh, a refresh with nothing new, and `dbt build` alone on
the build database that the first one left. Prints wall seconds, interpreter start included, and
ratios.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Wall seconds of `command`; raises CalledProcessError, its output shown, when it fails."""
    begin = time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        done.check_returncode()
    return time.perf_counter() - begin


def main(articles: list[str]) -> None:
    """Measure the three commands and print the table."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DISPATCHES_HOME": home}
        refresh = [str(SCRIPTS / "dispatches"), "refresh", *articles]
        first = seconds(refresh, environment)
        unchanged = seconds(refresh, environment)
        environment["DISPATCHES_BUILD_DB"] = str(Path(home) / "build" / "dispatches.duckdb")
        environment["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        folder = str(PROJECT / "dbt_project")
        places = ["--project-dir", folder, "--profiles-dir", folder]
        places += ["--target-path", f"{home}/dbt/bare", "--log-path", f"{home}/dbt/bare-logs"]
        dbt = seconds([str(SCRIPTS / "dbt"), "build", *places], environment)
    print("| run | seconds | ratio to `dbt build` |")
    print("|---|---:|---:|")
    for name, took in (("first refresh", first), ("nothing new", unchanged), ("`dbt build`", dbt)):
        print(f"| {name} | {took:.1f} | {took / dbt:.2f} |")


if __name__ == "__main__":
    main(sys.argv[1:])
