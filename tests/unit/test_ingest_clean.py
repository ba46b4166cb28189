"""What stays of an article's text, and what never does."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.ingest import clean

CASES = [
    pytest.param("One.\r\nTwo.\rThree.", "One.\nTwo.\nThree.", id="every line end is a newline"),
    pytest.param("One.\u2028Two.\x0bThree.", "One.\nTwo.\nThree.", id="separators are newlines"),
    pytest.param("\ufeffOne.", "One.", id="a byte order mark goes"),
    pytest.param("  One.  \n\t Two.\t\n", "One.\nTwo.", id="line edges are trimmed"),
    pytest.param("One.\n\n\n\n \nTwo.", "One.\n\nTwo.", id="one blank line is kept of many"),
    pytest.param("30\u200b,000 sol\u00addiers", "30,000 soldiers", id="invisible splitters go"),
    pytest.param("safe \u202eetaerht", "safe etaerht", id="direction overrides go"),
    pytest.param("\x1b[31mred\x07", "[31mred", id="terminal controls go"),
    pytest.param("cafe\u0301", "caf\u00e9", id="accents are composed"),
    pytest.param(
        "1\u202f250\u00a0dead", "1\u202f250\u00a0dead", id="spaces that group digits stay"
    ),
    pytest.param("نمی\u200cخواهم", "نمی\u200cخواهم", id="joiners that spell words stay"),
    pytest.param("half \ud83d pair", "half \ufffd pair", id="a lone surrogate is replaced"),
    pytest.param("a\tb", "a b", id="a tab is a space"),
    pytest.param(" \n\t\r\n ", "", id="white space alone is no text"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_clean_text(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters(codec=None)))
def test_cleaning_twice_changes_nothing_and_the_result_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_a_long_run_of_white_space_takes_linear_time() -> None:
    assert clean("a" + " \n" * 200_000 + "b") == "a\n\nb"
