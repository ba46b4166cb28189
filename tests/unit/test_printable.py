"""No character of a file name or an article acts on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.printable import printable, printable_bytes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Übung – “quoted”", "Übung – “quoted”"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x9b2J", "\\x9b2J"),
        ("a\r\nb", "a\\x0d\\x0ab"),
        ("\u202eabc", "\\u202eabc"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.binary())
def test_bytes_are_shown_as_ascii(content: bytes) -> None:
    shown = printable_bytes(content)
    assert shown.isascii()
    assert shown.isprintable()
