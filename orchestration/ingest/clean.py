"""From an article's text to its clean text: the string that every offset refers to.

Belongs here: the one pure function that decides which characters stay. Does not belong here: what
the text means, and anything that depends on where it came from.
"""

from __future__ import annotations

import re
import unicodedata

_NEW_LINE = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060"
    "\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
"""Control characters, soft hyphens, zero-width spaces and bidirectional marks. They show nothing,
yet split a number in two for a reader of characters. Joiners (U+200C, U+200D) stay: they spell
words."""
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    r"""The clean text of `text`: composed (NFC), `\n` line ends, no invisible characters.

    White space at the edges of a line goes, more than one blank line becomes one, a lone surrogate
    becomes U+FFFD, a tab becomes a space. Spaces inside a line stay as they are: they may group
    digits. `clean(clean(x)) == clean(x)`; linear in the length of the text.
    """
    text = _NEW_LINE.sub("\n", text)
    text = _SURROGATE.sub("\ufffd", text)
    text = _INVISIBLE.sub("", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", text)
    lines = [line.strip() for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
