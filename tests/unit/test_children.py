"""Processes that the UI starts, and how a signal ends them."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import closing
from pathlib import Path

import pytest

from orchestration.children import Children, any_port, is_free
from orchestration.ui import _signals


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_noted_and_disturbs_nobodys_code(sign: signal.Signals) -> None:
    before = signal.getsignal(sign)
    with _signals() as stop:
        os.kill(os.getpid(), sign)
        assert stop.wait(5)
    assert signal.getsignal(sign) == before


def test_after_the_stop_nothing_is_waited_for(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    with closing(Children({}, tmp_path / "logs", stop)) as children:
        assert not children.answers(any_port())


def test_a_process_that_ends_is_named(tmp_path: Path) -> None:
    with closing(Children(dict(os.environ), tmp_path / "logs", threading.Event())) as children:
        children.start("version", "platform")
        assert not children.answers(any_port())
        assert children.ended() == "version"
        assert children.log("version").read_text(encoding="utf-8")


def test_a_port_of_ones_own_is_free() -> None:
    assert is_free(any_port())
