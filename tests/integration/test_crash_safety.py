"""Killed at any instant, out of disk: readers keep a whole release, and the next run completes.

Short forms of `python -m benchmarks.faults`, which does this to whole refreshes;
`test_pipeline.py` kills two of them.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from refreshing import FLOOD, ROOT, write_articles
from release_build import Shelf

from benchmarks.faults.readers import READERS, reading
from orchestration import warehouse
from orchestration.home import Home
from orchestration.swap import settle
from orchestration.warehouse import Warehouse, WarehouseHeldError

MOUNTED = ("unshare", *(() if os.geteuid() == 0 else ("--map-root-user",)), "--mount")


def _run(program: str, *arguments: str | Path, before: tuple[str, ...] = ()) -> str:
    """What a Python program prints that runs in a process of its own."""
    done = subprocess.run(
        [*before, sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# --- every point at which a publication can die ---------------------------------------------------

DIE_EVERYWHERE = """
import os, pickle, subprocess, sys
from pathlib import Path
from benchmarks.faults.child import Watch
from orchestration.home import Home
from orchestration.publish import publish
from release_build import MADE_WITH
template, folder = map(Path, sys.argv[1:])
release = pickle.loads(template.with_name("release").read_bytes())
for nth in range(1, 100):
    home = folder / f"{nth:02}"
    subprocess.run(["/bin/cp", "--archive", template, home], check=True)
    child = os.fork()
    if child == 0:
        os.setsid()
        sys.addaudithook(Watch((f"{home}/releases/", f"{home}/published/"), nth))
        publish(Home.at(home), release, MADE_WITH)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
"""
"""Kills a publication before its first change of a file, another before its second, and so on."""


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that has published release 1 and holds release 2, judged, beside it."""
    shelf = Shelf.at(tmp_path_factory.mktemp("ready") / "home")
    shelf.text("d1", "v1")
    shelf.publish()
    shelf.text("d2", "v2")
    shelf.home.root.with_name("release").write_bytes(pickle.dumps(shelf.judged()))
    return shelf.home


@pytest.fixture(scope="module")
def died(ready: Home, tmp_path_factory: pytest.TempPathFactory) -> list[Shelf]:
    """One home per point at which the publication of release 2 died; the last one came through."""
    folder = tmp_path_factory.mktemp("died")
    _run(DIE_EVERYWHERE, ready.root, folder)
    return [Shelf(Home.at(home), runs=2) for home in sorted(folder.iterdir())]


def _served(shelf: Shelf) -> tuple[int, int]:
    """Release and number of documents that readers get."""
    release, documents = shelf.ask(
        "SELECT (SELECT max(release_number) FROM quality.releases), count(*) "
        "FROM marts.dim_document"
    )[0]
    return int(release), int(documents)


def test_wherever_a_publication_dies_readers_have_the_old_release_or_the_whole_new_one(
    died: list[Shelf],
) -> None:
    served = [_served(shelf) for shelf in died]
    assert set(served) == {(1, 1), (2, 2)}
    assert served == sorted(served), "once the new release is out it stays"
    assert len(served) >= 8
    assert served.count((2, 2)) >= 2, "dying after the swap was tried too"


def test_wherever_a_publication_died_the_next_run_clears_up(died: list[Shelf]) -> None:
    for nth, shelf in enumerate(died):
        was = _served(shelf)[0]
        settle(shelf.home)
        shelf.note()
        kept = [folder.name for folder in sorted(shelf.home.releases.iterdir())]
        assert kept == [f"{number:06}" for number in range(1, was + 1)], shelf.home.root
        assert [f.name for f in shelf.home.published_db.parent.iterdir()] == ["dispatches.duckdb"]
        if nth % 4 == 0:
            assert shelf.publish()["release"] == was + 1
            assert _served(shelf) == (was + 1, 2)


def test_readers_of_many_publications_see_whole_releases_and_no_error(tmp_path: Path) -> None:
    shelf = Shelf.at(tmp_path / "home")
    shelf.text("d0", "v0")
    shelf.publish()
    with reading(shelf.home.published_db, tmp_path / "stop", READERS) as told:
        _wait_for_readers(tmp_path / "stop")
        for number in range(1, 4):
            shelf.text(f"d{number}", f"v{number}")
            shelf.publish()
            time.sleep(0.3)
    for name, seen in told.items():
        assert (seen.errors, seen.mixed) == ([], []), name
        assert seen.queries >= 3, name
    assert len(told["opens each time"].releases) >= 3
    assert list(told["keeps it for a minute"].releases) == ["1"]


def _wait_for_readers(stop: Path) -> None:
    """Until each has opened the file: they say so beside `stop`."""
    until = time.monotonic() + 60
    while len(list(stop.parent.glob(f"{stop.name}.*"))) < len(READERS):
        assert time.monotonic() < until
        time.sleep(0.05)


# --- a build database that another process holds --------------------------------------------------

HOLD = """
import sys, time, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


def _held(file: Path, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_refresh_waits_for_the_dbt_of_a_killed_one(tmp_path: Path) -> None:
    home = Home.at(tmp_path).create()
    with closing(duckdb.connect(home.build_db)):
        pass
    process = _held(home.build_db, 1)
    with Warehouse(home=str(home.root)).connect():
        assert process.wait(10) == 0


def test_a_database_that_stays_open_elsewhere_is_named_with_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warehouse, "_PATIENCE_SECONDS", 0.3)
    home = Home.at(tmp_path).create()
    process = _held(home.build_db, 60)
    try:
        with (
            pytest.raises(WarehouseHeldError, match=rf"{process.pid}.*close it"),
            Warehouse(home=str(home.root)).connect(),
        ):
            pass
    finally:
        process.kill()
        process.wait()


def test_half_files_of_the_dead_are_removed_and_those_of_the_living_stay(tmp_path: Path) -> None:
    home = Home.at(tmp_path).create()
    manifests = home.dbt / "manifest"
    dead = [home.root / "x.json.999999999.part", manifests / "abc.999999999.part"]
    living = manifests / f"abc.{os.getpid()}.part"
    for folder in (dead[1], living):
        folder.mkdir(parents=True)
    dead[0].touch()
    home.prune(5)
    assert [path.exists() for path in (*dead, living)] == [False, False, True]


# --- a disk that is full --------------------------------------------------------------------------

STARVED = """
import json, pickle, shutil, subprocess, sys
from pathlib import Path
from benchmarks.faults import checks, machine
from benchmarks.faults.place import Place
from benchmarks.faults.refreshes import start
from orchestration.home import Home
from orchestration.publish import publish
from orchestration.storage import messages_of, refusal
from release_build import MADE_WITH
ready, place, told = Path(sys.argv[1]), Place(Path(sys.argv[2])), {}
release = pickle.loads(ready.with_name("release").read_bytes())
home = Home.at(place.home)
with machine.disk(place.home, 200_000):
    subprocess.run(["/bin/cp", "--archive", f"{ready}/.", place.home], check=True)
    served = checks.fingerprint(place.published)
    machine.resize(place.home, shutil.disk_usage(place.home).used // 1024 + 900)
    try:
        publish(home, release, MADE_WITH)
    except Exception as error:
        told["publication"] = refusal(messages_of(error), home)
    told["same"] = checks.fingerprint(place.published) == served
    told["left"] = [path.name for path in home.releases.glob(".*")]
    machine.resize(place.home, shutil.disk_usage(place.home).used // 1024)
    refresh = start(place)
    told["refresh"] = [refresh.end(), refresh.err, refresh.out]
    machine.resize(place.home, 200_000)
    told["release"] = publish(home, release, MADE_WITH)[0]["release"]
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def starved(ready: Home, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happens on a small disk of our own, mounted for one process."""
    try:
        tried = subprocess.run([*MOUNTED, "true"], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("`unshare` is not here: no disk of our own can be mounted")
    if tried.returncode:
        pytest.skip(f"this machine lets nobody mount a disk: {tried.stderr.strip()}")
    folder = tmp_path_factory.mktemp("starved")
    write_articles(folder / "raw", {"flood": FLOOD})
    return dict(json.loads(_run(STARVED, ready.root, folder, before=MOUNTED)))


def test_a_publication_that_fills_the_disk_says_so_and_leaves_the_last_release(
    starved: dict[str, Any],
) -> None:
    assert "the disk is full" in (starved["publication"] or "")
    assert starved["same"]
    assert starved["left"] == []


def test_a_refresh_on_a_full_disk_is_one_plain_message_and_exit_code_1(
    starved: dict[str, Any],
) -> None:
    code, err, out = starved["refresh"]
    assert code == 1
    assert len(err) == 1
    assert "the disk is full" in err[0]
    assert "dispatches refresh" in err[0]
    assert "Traceback" not in "\n".join([*err, *out])


def test_with_room_again_the_next_release_is_published(starved: dict[str, Any]) -> None:
    assert starved["release"] == 2
