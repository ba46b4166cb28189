"""HTML pages: the article's own text, and what the page states about it.

Belongs here: the encoding of a page, and the process that takes it apart (`page_reader.py`), with
its time limit. Does not belong here: parsing. No address that a page names is opened.
"""

from __future__ import annotations

import atexit
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from extraction.vocabulary import load_table
from orchestration.ingest.contents import decode
from orchestration.ingest.formats import page_reader
from orchestration.ingest.formats.drafts import Draft
from orchestration.ingest.metadata import metadata_of
from orchestration.ingest.problem import IngestError

PAGE_SECONDS = 10.0
"""Time for one page; an ordinary one takes a hundredth of a second."""
MIN_ARTICLE_CHARS = 100
"""A page with less text is a menu, a login or an error: trafilatura then returns what it finds."""
_TAG = re.compile(r"<[a-zA-Z!/][^<>]*>")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_PACKAGE = "orchestration.ingest"


def read_page(content: bytes, seconds: float = PAGE_SECONDS) -> Iterator[Draft]:
    """The one article of a page.

    Raises IngestError: what `decode` raises, unknown_encoding, html_without_markup, html_too_slow,
    html_reader_missing, html_unreadable, html_without_article.
    """
    page = decode(content, _declared_encoding(content))
    if _TAG.search(page) is None:
        raise IngestError("html_without_markup", evidence=page[:200])
    stated = _READER.take_apart(page, seconds)
    if "error" in stated:
        raise IngestError("html_unreadable", detail=stated["error"], evidence=page[:200])
    text = stated.get("text") or ""
    if len(text) < MIN_ARTICLE_CHARS:
        seen = f"{len(text)} characters of text"
        raise IngestError("html_without_article", observed=seen, evidence=text or page[:200])
    yield Draft(text, metadata_of(stated | {"text": None}))


def _declared_encoding(content: bytes) -> str:
    """The codec that the first 1,024 bytes declare; UTF-8 where they declare none."""
    match = _CHARSET.search(content[:1024])
    if match is None:
        return "utf-8"
    label = match[1].decode("ascii").lower()
    if label.startswith("utf-16"):  # a page that could be read this far is not UTF-16
        return "utf-8"
    codec = _codecs().get(label)
    if codec is None:
        raise IngestError("unknown_encoding", encoding=label, observed=label)
    return codec


@cache
def _codecs() -> dict[str, str]:
    table = load_table("page_encodings", ("label", "codec"), _PACKAGE)
    return {row["label"]: row["codec"] for row in table}


class _NotStartedError(Exception):
    """The program does not come as far as to ask for a page; its message says why."""


class _Program:
    """One run of page_reader.py, ready for pages. Raises _NotStartedError where it is not."""

    def __init__(self) -> None:
        program = str(files(_PACKAGE).joinpath("formats/page_reader.py"))
        self.process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-I", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.stopped_by_us = False
        try:
            missing = self._ask(load_table("page_fields", (), _PACKAGE)).get("error")
        except (EOFError, OSError):
            missing = "it ends at once"
        if missing:
            self.stop()
            self.process.communicate()
            raise _NotStartedError(missing)

    def take_apart(self, page: str, seconds: float) -> dict[str, Any]:
        """What `page_reader.take_apart` finds. Raises OSError or EOFError when the program ends."""
        timer = threading.Timer(seconds, self.stop)
        timer.start()
        try:
            answer: dict[str, Any] = self._ask(page)
        finally:
            timer.cancel()
        return answer

    def stop(self) -> None:
        """End the program, whatever it is doing."""
        self.stopped_by_us = True
        self.process.kill()

    def _ask(self, message: Any) -> Any:
        stdin, stdout = self.process.stdin, self.process.stdout
        if stdin is None or stdout is None:
            raise OSError("no pipe to the page reader")
        page_reader.send(stdin, message)
        return page_reader.receive(stdout)


class _PageReader:
    """Keeps one program for all pages; starts it with the first page, and again after a kill."""

    def __init__(self) -> None:
        self._program: _Program | None = None
        self._turn = threading.Lock()

    def take_apart(self, page: str, seconds: float) -> dict[str, Any]:
        """What the page says.

        Raises IngestError html_too_slow, html_reader_missing, html_unreadable.
        """
        with self._turn:
            try:
                if self._program is None:
                    self._program = _Program()
                return self._program.take_apart(page, seconds)
            except _NotStartedError as error:
                missing = str(error)
                raise IngestError("html_reader_missing", detail=missing, observed=missing) from None
            except (EOFError, OSError):
                slow = self._program is not None and self._program.stopped_by_us
                self.close()
        if slow:
            raise IngestError("html_too_slow", limit=f"{seconds:g}", evidence=page[:200])
        raise IngestError("html_unreadable", detail="the parser gave up", evidence=page[:200])

    def close(self) -> None:
        """End the program, if one runs."""
        if self._program is not None:
            self._program.stop()
            self._program.process.communicate()
            self._program = None


_READER = _PageReader()
atexit.register(_READER.close)
