"""What the harness makes a machine do: a small disk, a read-only folder, another time.

Belongs here: mounts, capabilities and the clock, each only for processes of this run. Does not
belong here: what a refresh makes of them (`scenarios.py`).

Mounts live in a namespace of their own that ends with the process: `in_namespace` starts the
program again inside one, without being root where the kernel lets anybody make one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_INSIDE = "FAULTS_IN_NAMESPACE"
WITHOUT_OVERRIDE = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search",
    "--inh-caps=-dac_override,-dac_read_search",
)
"""Before a command: root may then no more than the modes of a file say."""
_OWN_CLOCK = Path(__file__).with_name("clock.c")


def in_namespace(arguments: Sequence[str]) -> str | None:
    """Start this program again where it may mount; returns there, or the reason why it can't."""
    if _INSIDE in os.environ:
        return None
    unshare = shutil.which("unshare")
    if unshare is None:
        return "mounting needs `unshare`, which is not here"
    options = ["--mount"] if os.geteuid() == 0 else ["--map-root-user", "--mount"]
    tried = subprocess.run([unshare, *options, "true"], capture_output=True, text=True)
    if tried.returncode:
        return f"this machine lets nobody mount: {tried.stderr.strip()}"
    os.environ[_INSIDE] = "1"
    os.execv(unshare, [unshare, *options, sys.executable, *arguments])  # noqa: S606
    raise AssertionError("execv does not return")


@contextmanager
def disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """`folder` on a disk of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder)
    try:
        yield
    finally:
        _run("umount", "--lazy", folder)


def resize(folder: Path, kilobytes: int) -> None:
    """Give the disk of `folder` another size."""
    _run("mount", "-o", f"remount,size={kilobytes}k", folder)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """`folder` on a file system that takes no writes."""
    _run("mount", "--bind", folder, folder)
    try:
        _run("mount", "-o", "remount,bind,ro", folder)
        yield
    finally:
        _run("umount", "--lazy", folder)


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """`folder` and all below it with modes that let nobody write."""
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


def other_time(folder: Path, seconds: int, begins: Path | None = None) -> Mapping[str, str] | str:
    """The environment of a process with a shifted clock, or the reason why there can't be one.

    `begins`: the shift begins when this file is made. The library is built in `folder`.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        return "shifting the clock needs a C compiler, and there is no `cc`"
    library = folder / "clock.so"
    if not library.exists():
        _run(compiler, "-O1", "-shared", "-fPIC", "-o", library, _OWN_CLOCK, "-ldl")
    shift = {"LD_PRELOAD": str(library), "CLOCK_SHIFT": str(seconds)}
    return shift if begins is None else {**shift, "CLOCK_SHIFT_FROM": str(begins)}


def _run(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
