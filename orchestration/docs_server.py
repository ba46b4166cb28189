"""Serving the Data Docs to the browser on this machine: `python -m orchestration.docs_server`.

Belongs here: the address, and what it refuses. Does not belong here: writing pages (`datadocs.py`),
or starting this program (`ui.py`).

A link from the Dagster UI can't lead to a file, so these pages need an address of their own. It
listens on the loopback alone, answers only under that name (a page elsewhere can't make a browser
ask it under another), gives files of one folder and nothing else, and never writes.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orchestration.settings import HOST

_HEADERS = {
    b"content-security-policy": b"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
    b"form-action 'none'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-cache",
}
"""Each page states a stricter policy of its own, which allows its own stylesheet alone."""


class ClosedPages:
    """Adds to every answer what keeps a page from loading or doing anything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS.items()]
            await send(message)

        await self._app(scope, receive, with_headers)


def application(docs: Path) -> Starlette:
    """The pages under `docs`, read-only: no listing, no link that leads out, no other method."""
    return Starlette(
        routes=[Mount("/", StaticFiles(directory=docs, html=True, follow_symlink=False))],
        middleware=[
            Middleware(ClosedPages),
            Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]),
        ],
    )


def main() -> None:
    """Serve until a signal ends it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("docs", type=Path)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args()
    uvicorn.run(application(given.docs), host=HOST, port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
