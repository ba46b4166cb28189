"""The Dagster UI and its daemon on this machine, on the instance that `dispatches refresh` writes
to.

Belongs here: which processes run, and until when. Does not belong here: starting and ending one
(`children.py`), what they show.

One process serves the definitions to the web server and the daemon, which would otherwise each load
their own; one more serves the Data Docs.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from filelock import FileLock, Timeout

from orchestration import project
from orchestration.children import Children, any_port, is_free
from orchestration.docs_site import INDEX, write_list
from orchestration.home import Home, RefreshLockedError, refresh_lock, write_whole
from orchestration.printable import printable
from orchestration.refresh import closing_instance
from orchestration.runs import LOCATION, close_dead_runs
from orchestration.settings import HOST, Settings, child_environment, keep_tools_quiet

DEFAULT_PORT = 3000
_PORTS_TRIED = 20
_MODULE = "orchestration.definitions"

Announce = Callable[[str], object]


def serve(settings: Settings, port: int | None = None, announce: Announce = print) -> int:
    """Serve the UI on `port` until interrupted; returns an exit code.

    Without a port, 3000 or the next free one. 0: ended on request; 1: the port is taken, another UI
    runs on this home, dbt's project can't be read, or a process ended by itself; `announce` gets
    the reason.
    """
    keep_tools_quiet()
    home = Home.at(settings.home).create()
    chosen = _free_port(port)
    if chosen is None:
        taken = f"{port}" if port else f"{DEFAULT_PORT} to {DEFAULT_PORT + _PORTS_TRIED - 1}"
        announce(f"Port {taken} is taken on {HOST}; give another: dispatches ui --port N")
        return 1
    lock = FileLock(home.root / "ui.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        announce(
            f"A UI already runs on {printable(str(home.root))}; end it before starting another."
        )
        return 1
    try:
        announce("Preparing …")
        project.prepare(settings)
        _close_dead_runs(home)
        return _serve(settings, home, chosen, announce)
    except project.ProjectError as error:
        announce(str(error))
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        lock.release()


def _serve(settings: Settings, home: Home, port: int, announce: Announce) -> int:
    code_port = any_port()
    workspace = home.dagster / "workspace.yaml"
    write_whole(workspace, _workspace(code_port))
    environment = child_environment(
        settings, {**project.environment(home), "DAGSTER_HOME": str(home.dagster)}
    )
    logs = home.dagster / "logs"
    with _signals() as stop, closing(Children(environment, logs, stop)) as children:
        children.start("definitions", *_definitions(code_port))
        if children.answers(code_port):
            children.start("daemon", "dagster._daemon", "run", "--workspace", str(workspace))
            address = ("--host", HOST, "--port", str(port), "--workspace", str(workspace))
            children.start("web", "dagster_webserver", *address)
            if children.answers(port):
                announce(f"http://{HOST}:{port} shows the warehouse; Ctrl-C ends it.")
                _serve_docs(children, home, settings.docs_port, announce)
        while not stop.wait(0.5):
            ended = children.ended()
            if ended is not None:
                log = printable(str(children.log(ended)))
                announce(f"The {ended} process ended by itself; its last words are in {log}")
                return 1
    return 0


def _serve_docs(children: Children, home: Home, port: int, announce: Announce) -> None:
    """Serve the Data Docs where the links of the runs lead to; a taken port costs them alone."""
    write_list(home.docs)
    if not is_free(port):
        pages = printable(str(home.docs / INDEX))
        announce(
            f"Port {port} is taken, so links to the Data Docs lead nowhere; their pages begin at "
            f"{pages}. Another port: DISPATCHES_DOCS_PORT"
        )
        return
    children.start("docs", "orchestration.docs_server", str(home.docs), "--port", str(port))
    if children.answers(port):
        announce(f"http://{HOST}:{port} shows what the gates found, run by run.")


def _definitions(port: int) -> tuple[str, ...]:
    """Arguments of the process that serves the definitions to the other two."""
    return (
        *("dagster", "api", "grpc", "-m", _MODULE, "--location-name", LOCATION),
        *("--host", HOST, "--port", str(port), "--use-python-environment-entry-point"),
    )


def _workspace(code_port: int) -> str:
    return (
        "# Written by `dispatches ui`: where its web server and daemon find the definitions.\n"
        "load_from:\n"
        "  - grpc_server:\n"
        f"      host: {HOST}\n"
        f"      port: {code_port}\n"
        f"      location_name: {LOCATION}\n"
    )


@contextmanager
def _signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C or a termination signal sets.

    An exception instead could come up inside other people's code, which may turn it into its own.
    """
    stop = threading.Event()
    signs = (signal.SIGTERM, signal.SIGINT)
    before = {sign: signal.signal(sign, lambda *_: stop.set()) for sign in signs}
    try:
        yield stop
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _close_dead_runs(home: Home) -> None:
    try:
        with refresh_lock(home), closing_instance(home) as instance:
            close_dead_runs(instance)
    except RefreshLockedError:
        return  # a refresh runs now and has looked after them itself


def _free_port(wanted: int | None) -> int | None:
    ports = [wanted] if wanted else range(DEFAULT_PORT, DEFAULT_PORT + _PORTS_TRIED)
    return next((port for port in ports if is_free(port)), None)
