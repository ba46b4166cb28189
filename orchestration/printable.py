"""Untrusted text made harmless to show.

Belongs here: what happens to characters of file names and articles before a terminal, a log or the
UI shows them. Does not belong here: the layout around them.
"""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""Control characters, bidirectional overrides and lone surrogates: they move the cursor, reorder
what is shown, or cannot be stored at all."""
_MARKUP = re.compile(r"[\\`*_\[\]<>!#&~|]|(?<=\w):(?=//)")
"""What Markdown reads as its own; a backslash before it takes that away."""
_ASCII = range(0x20, 0x7F)


def printable(text: str) -> str:
    r"""`text` with every character that could act on a terminal or break a line as an escape.

    `\x1b`, `\u202e` and the like; all else, accents and quotation marks included, stays as it is.
    """
    return _UNSAFE.sub(_escape, text)


def printable_bytes(content: bytes) -> str:
    r"""`content` as ASCII, everything else as `\xNN`."""
    return "".join(chr(byte) if byte in _ASCII else f"\\x{byte:02x}" for byte in content)


def in_cell(value: object) -> str:
    """A value as one cell of a Markdown table; no value = an empty cell.

    Nothing in it is markup: no image is loaded, no link made, no element built.
    """
    text = "" if value is None or str(value) in ("<NA>", "nan") else str(value)
    return _MARKUP.sub(r"\\\g<0>", printable(" ".join(text.split())))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"
