"""Two refreshes at once, and refreshes whose process is gone."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orchestration.home import Home, RefreshLockedError, refresh_lock
from orchestration.refresh import run_refresh
from orchestration.runs import PROCESS_TAG, close_dead_runs, is_alive, this_process
from orchestration.settings import Settings

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from orchestration.home import Home, refresh_lock
with refresh_lock(Home.at(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw")
    Home.at(settings.home).create()
    return settings


def _holder(settings: Settings, seconds: float) -> subprocess.Popen[str]:
    """A process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.home), str(seconds)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_refresh_beside_another_says_who_runs_since_when(settings: Settings) -> None:
    process = _holder(settings, 60)
    try:
        report = run_refresh([], settings)
    finally:
        process.kill()
        process.wait()
    assert (report.outcome, report.exit_code) == ("locked", 1)
    assert report.lock_holder is not None
    pid, since = report.lock_holder
    assert pid == process.pid
    assert since is not None
    assert dt.datetime.fromisoformat(since) <= dt.datetime.now(dt.UTC)
    assert re.search(rf"process {process.pid}, since 20", report.message)


def test_a_waiting_refresh_gets_its_turn(settings: Settings) -> None:
    process = _holder(settings, 1)
    with refresh_lock(Home.at(settings.home), wait_seconds=30):
        assert process.wait(10) == 0


def test_the_lock_of_a_killed_process_is_free(settings: Settings) -> None:
    process = _holder(settings, 60)
    process.kill()
    process.wait()
    with refresh_lock(Home.at(settings.home)):
        pass


def test_a_process_may_enter_the_lock_that_it_holds(settings: Settings) -> None:
    home = Home.at(settings.home)
    with refresh_lock(home):
        with refresh_lock(home):
            pass
        assert home.holder_file.exists()
    assert not home.holder_file.exists()


def test_a_lock_without_a_name_is_still_a_lock(settings: Settings) -> None:
    process = _holder(settings, 60)
    Home.at(settings.home).holder_file.unlink()
    try:
        with (
            pytest.raises(RefreshLockedError, match="has not named itself"),
            refresh_lock(Home.at(settings.home)),
        ):
            pass
    finally:
        process.kill()
        process.wait()


# --- runs whose process is gone -------------------------------------------------------------------


@dg.op
def nothing() -> None:
    pass


@dg.job
def idle() -> None:
    nothing()


def _started(instance: dg.DagsterInstance, tags: dict[str, str]) -> str:
    run = instance.create_run_for_job(idle, tags=tags)
    instance.report_run_canceling(run)
    return run.run_id


@pytest.mark.parametrize(
    ("process", "later", "is_closed"),
    [
        pytest.param("999999999:1", 0, True, id="a run whose process is gone is closed"),
        pytest.param("own", 9999, False, id="a run whose process lives is left alone"),
        pytest.param(
            f"{os.getpid()}:1", 0, True, id="a number given to another process is no proof"
        ),
        pytest.param(None, 0, False, id="a run that has just begun may not be named yet"),
        pytest.param(None, 9999, True, id="a run that was never named died at the start"),
    ],
)
def test_dead_runs(process: str | None, later: float, is_closed: bool) -> None:
    named = this_process() if process == "own" else process
    with dg.instance_for_test() as instance:
        run_id = _started(instance, {PROCESS_TAG: named} if named else {})
        now = dt.datetime.now(dt.UTC).timestamp() + later
        assert close_dead_runs(instance, now) == ([run_id] if is_closed else [])
        run = instance.get_run_by_id(run_id)
        assert run is not None
        assert (run.status == dg.DagsterRunStatus.FAILURE) == is_closed


def test_a_run_that_died_before_its_first_step_is_closed() -> None:
    with dg.instance_for_test() as instance:
        run = instance.create_run_for_job(idle, tags={PROCESS_TAG: "999999999:1"})
        assert run.status == dg.DagsterRunStatus.NOT_STARTED
        assert close_dead_runs(instance) == [run.run_id]


def test_this_process_is_alive() -> None:
    assert is_alive(this_process())
