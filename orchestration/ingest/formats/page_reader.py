"""The program that takes an HTML page apart, in a process of its own.

Belongs here: parsing a page that nobody vouches for. It runs alone (`python -I page_reader.py`),
imports nothing of this project, and may be killed at any time: a page that makes the parser crawl,
swell or crash costs one page. Does not belong here: what the values mean, and starting this program
(`page.py`).

Messages on standard input and output: eight bytes of length, then JSON. The first one in is the
table of page_fields.tsv; each further one a page as a string; each answer an object with text,
title, publisher, published, url and language.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import IO, Any

MEMORY_BYTES = 4 * 1024**3
_MAX_EMBEDDED = 200


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message."""
    body = json.dumps(message).encode()
    stream.write(len(body).to_bytes(8, "big") + body)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; raises EOFError where the stream ends."""
    size = int.from_bytes(_exactly(stream, 8), "big")
    return json.loads(_exactly(stream, size))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content


def take_apart(page: str, fields: list[dict[str, str]]) -> dict[str, Any]:
    """The article's text (None where the page has none) and what the page states about it."""
    import trafilatura
    import trafilatura.metadata

    tree = trafilatura.load_html(page)
    if tree is None:
        return {"text": None}
    stated: dict[str, Any] = {}
    objects = list(_embedded_articles(tree))
    for field in fields:
        for value in _values(tree, objects, field):
            stated.setdefault(field["field"], value)
    stated.setdefault("title", trafilatura.metadata.extract_title(tree))
    stated["text"] = trafilatura.extract(tree, include_comments=False)
    return stated


def _values(tree: Any, objects: list[dict[str, Any]], field: dict[str, str]) -> Iterator[Any]:
    if field["element"] == "json-ld":
        found = (article.get(field["attribute"]) for article in objects)
    else:
        found = (
            element.get(field["holds"])
            for element in tree.iter(field["element"])
            if _is_marked(element.get(field["attribute"]), field["mark"])
        )
    return (value for value in found if value)


def _is_marked(value: str | None, mark: str) -> bool:
    return value is not None and (not mark or mark in value.lower().split())


def _embedded_articles(tree: Any) -> Iterator[dict[str, Any]]:
    """The schema.org articles that describe the page itself, not those that it lists."""
    for script in list(tree.iter("script"))[:_MAX_EMBEDDED]:
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            content = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for item in content if isinstance(content, list) else [content]:
            graph = item.get("@graph", [item]) if isinstance(item, dict) else []
            for node in graph if isinstance(graph, list) else []:
                if isinstance(node, dict) and _is_article(node.get("@type")):
                    yield node


def _is_article(types: Any) -> bool:
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting")) for name in names)


def serve(stdin: IO[bytes], stdout: IO[bytes]) -> None:
    """Answer pages until the stream ends."""
    fields = receive(stdin)
    try:
        import_module("trafilatura.metadata")  # now, so that no page's time is spent on it
    except ImportError as error:  # no page's fault: it is not installed, or only in part
        send(stdout, {"error": str(error)})
        return
    send(stdout, {})
    while True:
        try:
            page = receive(stdin)
        except EOFError:
            return
        try:
            answer = take_apart(page, fields)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            answer = {"error": type(error).__name__}  # a bug of the parser, met by this page
        send(stdout, answer)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    serve(sys.stdin.buffer, sys.stdout.buffer)
