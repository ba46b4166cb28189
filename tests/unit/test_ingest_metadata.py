"""What counts as a date, an address, a title."""

from __future__ import annotations

import datetime as dt

import pytest

from orchestration.ingest.metadata import canonical_url, one_line, publication_date

DAY = dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    "value",
    [
        "2024-02-29",
        " 2024-02-29 ",
        "2024-02-29T23:59:00Z",
        "2024-02-29T23:59:59.123456+05:30",
        "2024-02-29 06:00",
        "2024-02-29T06:00-0800",
    ],
)
def test_iso_dates_are_taken_as_their_own_clock_had_them(value: str) -> None:
    assert publication_date(value, "json") == (DAY, "json")


@pytest.mark.parametrize(
    ("value", "why"),
    [
        pytest.param(None, "none given", id="nothing"),
        pytest.param("29 Feb 2024", "json gives no ISO date: 29 Feb 2024", id="words"),
        pytest.param("02/29/2024", "json gives no ISO date: 02/29/2024", id="slashes"),
        pytest.param("2024", "json gives no ISO date: 2024", id="a year"),
        pytest.param("2023-02-29", "json gives a day that does not exist: 2023-02-29", id="no day"),
        pytest.param(1709164800, "json gives no ISO date: 1709164800", id="seconds since 1970"),
        pytest.param(["2024-02-29"], "json gives no ISO date: list", id="a list"),
        pytest.param(
            "2024-02-29\x1b[2J", "json gives no ISO date: 2024-02-29\\x1b[2J", id="controls"
        ),
        pytest.param("２０２４-02-29", "json gives no ISO date: ２０２４-02-29", id="other digits"),
    ],
)
def test_no_date_is_guessed(value: object, why: str) -> None:
    assert publication_date(value, "json") == (None, why)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("https://a.example/x?id=7#top", "https://a.example/x?id=7", id="no fragment"),
        pytest.param("HTTPS://A.Example:443/X", "https://a.example/X", id="case and default port"),
        pytest.param("https://me:pw@a.example/x", "https://a.example/x", id="no credentials"),
        pytest.param("https://a.example:8080/x", "https://a.example:8080/x", id="other ports stay"),
        pytest.param("http://[::1]/x", "http://[::1]/x", id="an IPv6 host"),
        pytest.param("https://a.example/", None, id="a front page names no article"),
        pytest.param("/news/x", None, id="a relative address names nothing"),
        pytest.param("file:///etc/passwd", None, id="a local file is no address"),
        pytest.param("javascript:alert(1)", None, id="a script is no address"),
        pytest.param("https://a.example/x y", None, id="white space"),
        pytest.param("https://a.example:port/", None, id="a port that is no number"),
        pytest.param("https://a.example/\u202ex", None, id="hidden characters"),
        pytest.param("https://a.example/" + "x" * 3000, None, id="endless"),
        pytest.param(7, None, id="a number"),
    ],
)
def test_addresses(value: object, expected: str | None) -> None:
    assert canonical_url(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Two\n lines ", "Two lines"),
        ("\x1b]0;pwned\x07Title", "]0;pwnedTitle"),
        ({"name": "Wire"}, "Wire"),
        ({"nome": "Wire"}, None),
        (["Wire"], None),
        ("", None),
        ("x" * 9_000, "x" * 500),
    ],
)
def test_titles_are_one_short_line(value: object, expected: str | None) -> None:
    assert one_line(value) == expected
