"""`dispatches release`: the releases there are, and which one is served and kept.

Belongs here: what is asked and what is answered. Does not belong here: options (`release_app.py`),
layout (`release_view.py`), comparing releases (`release_diff.py`), the work (`orchestration`).
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from orchestration.cli.console import out, plain
from orchestration.cli.failure import PlainError, UsageProblemError, load_settings, say
from orchestration.cli.release_view import show_list, show_manifest, show_rollback
from orchestration.cli.results import json_line
from orchestration.home import Home, RefreshLockedError, refresh_lock
from orchestration.release_history import history, manifest_of
from orchestration.releases import DamagedReleaseError, NoSuchReleaseError, served
from orchestration.rollback import Decision, NothingToRollBackToError, keep, let_go, roll_back

_TO_SEE = "To see the releases: dispatches release list"


def list_command(form: str) -> int:
    """Print every release that was made; 0 also before the first."""
    rows = history(_home())
    if form == "jsonl":
        sys.stdout.writelines(json_line(row) for row in rows)
        return 0
    show_list(rows, load_settings().kept_releases)
    return 0


def show_command(number: int | None, form: str) -> int:
    """Print the manifest of a release."""
    home = _home()
    now = served(home)
    wanted = now if number is None else number
    with in_plain_words():
        manifest = None if wanted is None else manifest_of(home, wanted)
    if manifest is None:
        raise PlainError(
            "Nothing is published yet." if wanted is None else f"There is no release {wanted}.",
            "Make a first release: dispatches refresh" if now is None else _TO_SEE,
        )
    if form == "json":
        sys.stdout.write(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    else:
        show_manifest(manifest, is_served=wanted == now)
    return 0


def rollback_command(number: int | None, reason: str, by: str, wait: float) -> int:
    """Serve an earlier release, or a later one again."""
    decision = _decision(reason, by)
    home = _home()
    with in_plain_words(), refresh_lock(home, wait):
        done = roll_back(home, number, decision)
    show_rollback(done)
    if done.unnoted:
        say(f"The history does not have it: {done.unnoted}")
    return 0


def keep_command(
    number: int, reason: str | None, by: str | None, no_longer: bool, wait: float
) -> int:
    """Keep a release for good, or no longer."""
    home = _home()
    decision = Decision(by, reason, dt.datetime.now(dt.UTC))
    with in_plain_words(), refresh_lock(home, wait):
        unnoted = (let_go if no_longer else keep)(home, number, decision)
    last = load_settings().kept_releases
    out.print(
        plain(
            f"Release {number} is kept as long as it is one of the last {last}."
            if no_longer
            else f"Release {number} is kept until it is let go: "
            f"dispatches release keep {number} --let-go"
        ),
        soft_wrap=True,
    )
    if unnoted:
        say(f"The history does not have it: {unnoted}")
    return 0


@contextmanager
def in_plain_words() -> Iterator[None]:
    """What goes wrong with releases, and what to do then."""
    try:
        yield
    except NoSuchReleaseError as error:
        raise PlainError(str(error), _TO_SEE) from error
    except NothingToRollBackToError as error:
        raise PlainError(str(error), "Nothing has changed.") from error
    except DamagedReleaseError as error:
        raise PlainError(
            str(error),
            "Nothing has changed. Restore the file from a copy of your own, or take another "
            "release: dispatches release list",
        ) from error
    except RefreshLockedError as locked:
        message = str(locked)
        raise PlainError(
            f"{message[0].upper()}{message[1:]}.", "Or wait with the command: --wait 600"
        ) from locked


def _home() -> Home:
    return Home.at(load_settings().home)


def _decision(reason: str, by: str) -> Decision:
    if not reason.strip() or not by.strip():
        raise UsageProblemError("--reason and --by must say something.")
    return Decision(by, reason, dt.datetime.now(dt.UTC))
