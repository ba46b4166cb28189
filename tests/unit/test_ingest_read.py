"""Every kind of file, and every way in which one can be bad."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import sys
from pathlib import Path

import pytest

from orchestration.ingest import FileProblem, RawArticle, SourceFile, read_file
from orchestration.ingest.formats import page
from orchestration.settings import Settings

TEXT = "KYIV, May 2 — The mayor said 14 buses left on Thursday.\nTwo more wait at the bridge."
SETTINGS = Settings(max_file_bytes=300_000, max_line_chars=5_000)
Read = tuple[list[RawArticle], list[FileProblem]]


def read(folder: Path, name: str, content: bytes | str, sidecar: str | None = None) -> Read:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if sidecar is not None:
        path.with_suffix(".meta.json").write_text(sidecar)
    return read_file(SourceFile(path, name), SETTINGS)


def article(result: Read) -> RawArticle:
    articles, problems = result
    assert problems == []
    assert len(articles) == 1
    return articles[0]


def rule(result: Read) -> str:
    articles, problems = result
    assert articles == []
    assert len(problems) == 1
    problem = problems[0]
    assert problem.reason.endswith(".")
    assert problem.next_step
    assert "{" not in problem.reason.replace('{"', "")
    return problem.rule


# --- plain text -----------------------------------------------------------------------------------


def test_a_text_file_is_one_article_without_metadata(tmp_path: Path) -> None:
    read_article = article(read(tmp_path, "a.txt", TEXT))
    assert read_article.text == TEXT
    assert read_article.source_format == "txt"
    assert read_article.published_date is None
    assert read_article.published_source == "none given"


def test_a_description_beside_it_gives_the_metadata(tmp_path: Path) -> None:
    sidecar = {
        "title": "Buses leave",
        "publisher": "Sample Wire",
        "published": "2024-05-02",
        "url": "https://wire.example/a#top",
        "language": "en",
    }
    read_article = article(read(tmp_path, "a.txt", TEXT, json.dumps(sidecar)))
    assert read_article.title == "Buses leave"
    assert read_article.publisher == "Sample Wire"
    assert read_article.published_date == dt.date(2024, 5, 2)
    assert read_article.published_source == "sidecar"
    assert read_article.canonical_url == "https://wire.example/a"
    assert read_article.language == "en"


def test_another_description_makes_another_file_hash(tmp_path: Path) -> None:
    bare = article(read(tmp_path, "a.txt", TEXT)).file_hash
    dated = article(read(tmp_path, "a.txt", TEXT, '{"published": "2024-05-02"}')).file_hash
    redated = article(read(tmp_path, "a.txt", TEXT, '{"published": "2024-05-03"}')).file_hash
    assert len({bare, dated, redated}) == 3


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
        (b"\xff\xfe\x00\x00", "utf-32-le"),
    ],
)
def test_a_byte_order_mark_names_the_encoding(tmp_path: Path, mark: bytes, encoding: str) -> None:
    assert article(read(tmp_path, "a.txt", mark + TEXT.encode(encoding))).text == TEXT


BAD_TEXT = [
    pytest.param("a.txt", b"", "empty_file", id="no byte at all"),
    pytest.param("a.txt", b" \n\t\n", "empty_file", id="white space alone"),
    pytest.param("a.txt", "\u200b\ufeff\u200b", "empty_file", id="invisible characters alone"),
    pytest.param("a.txt", TEXT.encode("cp1252"), "not_utf8", id="Windows-1252"),
    pytest.param("a.txt", b"\xff\xfe" + b"abc", "not_utf8", id="UTF-16 cut in a character"),
    pytest.param("a.txt", b"%PDF-1.7\n...", "binary_content", id="a PDF renamed to .txt"),
    pytest.param("a.txt", gzip.compress(b"x" * 99), "binary_content", id="an archive renamed"),
    pytest.param("a.txt", bytes(range(256)) * 20, "binary_content", id="arbitrary bytes"),
    pytest.param("a.txt", b"x" * 300_001, "too_large", id="over the size limit"),
    pytest.param("a.txt", "x" * 5_001, "long_line", id="one endless line"),
    pytest.param("a.txt", "<!DOCTYPE html><p>Text.</p>", "html_in_text", id="HTML renamed"),
    pytest.param("a.txt", '{"text": "News."}', "json_in_text", id="JSON renamed"),
    pytest.param("a.txt", '{"text": "1"}\n{"text": "2"}', "json_in_text", id="JSON Lines renamed"),
    pytest.param("a.docx", TEXT, "unknown_format", id="an ending that is not read"),
    pytest.param("article", TEXT, "unknown_format", id="no ending"),
    pytest.param("a.json", '{"text": "Ne', "broken_json", id="JSON that breaks off"),
    pytest.param("a.json", "[" * 100_000, "broken_json", id="JSON nested without end"),
    pytest.param("a.json", '{"n": ' + "9" * 5000 + "}", "broken_json", id="an endless number"),
    pytest.param("a.json", '{"title": "T"}', "record_without_text", id="JSON without text"),
    pytest.param("a.json", '{"text": "  "}', "empty_file", id="JSON with a blank text"),
    pytest.param("a.json", '{"text": 7}', "text_not_string", id="JSON whose text is a number"),
    pytest.param("a.json", "7", "record_not_object", id="JSON that is no object"),
    pytest.param("a.json", '{"text": "<p>Hi</p>"}', "html_in_text", id="HTML inside JSON"),
    pytest.param("a.json", '{"text":"a"}\n{"text":"b"}', "json_lines_in_json", id="JSONL as JSON"),
    pytest.param("a.html", "No markup.", "html_without_markup", id="text renamed to .html"),
    pytest.param(
        "a.html", "<html><body><script>x()</script></body></html>", "html_without_article",
        id="a page that is all script",
    ),
    pytest.param(
        "a.html", '<meta charset="x-unheard"><p>Text.</p>', "unknown_encoding",
        id="a page in an unknown encoding",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "expected"), BAD_TEXT)
def test_bad_files(tmp_path: Path, name: str, content: bytes | str, expected: str) -> None:
    assert rule(read(tmp_path, name, content)) == expected


@pytest.mark.parametrize("sidecar", ["{", "[]", '"text"', "", "\x00\x01"])
def test_a_broken_description_holds_the_article_back(tmp_path: Path, sidecar: str) -> None:
    """Otherwise the article would lose its date without a word."""
    assert rule(read(tmp_path, "a.txt", TEXT, sidecar)) == "broken_sidecar"


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    assert rule(read_file(SourceFile(path, "gone.txt"), SETTINGS)) == "unreadable_file"


def test_a_link_put_in_place_of_a_found_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "a.txt").symlink_to(tmp_path / "secret.txt")
    assert rule(read_file(SourceFile(tmp_path / "a.txt", "a.txt"), SETTINGS)) == "unreadable_file"


def test_a_large_file_is_not_read_to_find_out_that_it_is_large(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000_000)  # sparse
    result = read_file(SourceFile(tmp_path / "a.txt", "a.txt"), SETTINGS)
    assert rule(result) == "too_large"
    assert result[1][0].observed == "50,000,000,000 bytes"


def test_evidence_shows_the_first_bytes_and_can_do_no_harm(tmp_path: Path) -> None:
    problem = read(tmp_path, "a.txt", b"\x1b[2J\x00\x00" + bytes(range(200)))[1][0]
    assert problem.evidence is not None
    assert problem.evidence.startswith("\\x1b[2J\\x00")
    assert problem.evidence.isprintable()


def test_the_place_of_a_wrong_byte_is_named(tmp_path: Path) -> None:
    problem = read(tmp_path, "a.txt", b"The caf\xe9 is closed.")[1][0]
    assert problem.observed == "byte 0xe9 at offset 7"
    assert problem.evidence == "The caf\\xe9 is closed."
    assert "iconv" in problem.next_step


# --- JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["text", "body", "content", "articleBody", "TEXT"])
def test_the_text_may_stand_under_several_keys(tmp_path: Path, key: str) -> None:
    assert article(read(tmp_path, "a.json", json.dumps({key: TEXT}))).text == TEXT


def test_a_list_gives_an_article_each_with_its_place(tmp_path: Path) -> None:
    records = [{"text": "One."}, {"title": "no text"}, {"text": "Three.", "id": "c-3"}]
    articles, problems = read(tmp_path, "a.json", json.dumps(records))
    assert [(a.text, a.source_record, a.record_key) for a in articles] == [
        ("One.", 1, "1"),
        ("Three.", 3, "c-3"),
    ]
    assert [(p.rule, p.source_record) for p in problems] == [("record_without_text", 2)]


def test_one_bad_line_does_not_lose_the_others(tmp_path: Path) -> None:
    lines = '{"text": "One."}\n\n{"text": "Two\n[1]\n{"text": "Five.", "published": "2024-05-02"}\n'
    articles, problems = read(tmp_path, "a.jsonl", lines)
    assert [(a.text, a.source_record) for a in articles] == [("One.", 1), ("Five.", 5)]
    assert articles[1].published_source == "json"
    assert [(p.rule, p.source_record) for p in problems] == [
        ("broken_json", 3),
        ("record_not_object", 4),
    ]


def test_many_bad_lines_are_counted_after_the_first_hundred(tmp_path: Path) -> None:
    articles, problems = read(tmp_path, "a.jsonl", "{}\n" * 5_000)
    assert articles == []
    assert len(problems) == 101
    assert problems[-1].rule == "many_bad_records"
    assert "4,900" in problems[-1].reason


def test_a_publisher_may_be_an_object_with_a_name(tmp_path: Path) -> None:
    record = {"text": TEXT, "publisher": {"@type": "Organization", "name": "Sample Wire"}}
    assert article(read(tmp_path, "a.json", json.dumps(record))).publisher == "Sample Wire"


# --- pages ----------------------------------------------------------------------------------------

PARAGRAPHS = "".join(
    f"<p>The council of the town met on day {day} and voted to keep the old bridge open.</p>"
    for day in range(1, 6)
)


def web_page(head: str = "", lang: str = "") -> str:
    return (
        f"<!DOCTYPE html><html{lang}><head><title>Bridge stays open</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Bridge stays open</h1>{PARAGRAPHS}</article>"
        "<footer>All rights reserved 2019</footer></body></html>"
    )


def test_a_page_gives_its_article_without_menu_and_footer(tmp_path: Path) -> None:
    text = article(read(tmp_path, "a.html", web_page())).text
    assert "met on day 5 and" in text
    assert "Home" not in text
    assert "rights" not in text


def test_a_page_states_its_metadata(tmp_path: Path) -> None:
    head = (
        '<meta property="og:title" content="Bridge stays open, council says">'
        '<meta property="og:site_name" content="Sample Wire">'
        '<link rel="canonical" href="https://wire.example/bridge">'
        '<meta property="article:published_time" content="2024-05-02T23:30:00+02:00">'
    )
    read_article = article(read(tmp_path, "a.htm", web_page(head, ' lang="en-GB"')))
    assert read_article.title == "Bridge stays open, council says"
    assert read_article.publisher == "Sample Wire"
    assert read_article.canonical_url == "https://wire.example/bridge"
    assert read_article.published_date == dt.date(2024, 5, 2)
    assert read_article.published_source == "html"
    assert read_article.language == "en-GB"


def test_a_page_may_state_its_metadata_in_an_embedded_object(tmp_path: Path) -> None:
    thing = {
        "@graph": [
            {"@type": "WebSite", "datePublished": "2001-01-01"},
            {
                "@type": ["NewsArticle"],
                "headline": "Bridge stays",
                "datePublished": "2024-05-02",
                "publisher": {"name": "Sample Wire"},
            },
        ]
    }
    head = f'<script type="application/ld+json">{json.dumps(thing)}</script>'
    read_article = article(read(tmp_path, "a.html", web_page(head)))
    assert read_article.title == "Bridge stays"
    assert read_article.publisher == "Sample Wire"
    assert read_article.published_date == dt.date(2024, 5, 2)


@pytest.mark.parametrize(
    ("head", "why"),
    [
        pytest.param("", "none given", id="a year in the footer is no date"),
        pytest.param(
            '<meta property="article:published_time" content="2 May 2024">',
            "html gives no ISO date: 2 May 2024",
            id="a date in words is not guessed at",
        ),
        pytest.param('<meta name="date" content="2024-05">', "html gives no ISO date: 2024-05",
                     id="a month is no day"),
        pytest.param('<time datetime="2024-05-02">2 May</time>', "none given",
                     id="an unmarked time may be any time"),
        pytest.param('<meta property="article:modified_time" content="2024-05-02">', "none given",
                     id="the date of a change is not that of publication"),
    ],
)  # fmt: skip
def test_a_page_without_a_stated_date_has_none(tmp_path: Path, head: str, why: str) -> None:
    read_article = article(read(tmp_path, "a.html", web_page(head)))
    assert (read_article.published_date, read_article.published_source) == (None, why)


def test_a_description_beside_a_page_wins(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2024-05-02">'
    result = read(tmp_path, "a.html", web_page(head), '{"published": "2024-05-03"}')
    assert article(result).published_source == "sidecar"
    assert article(result).title == "Bridge stays open"


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8"])
def test_the_declared_encoding_of_a_page_is_used(tmp_path: Path, encoding: str) -> None:
    content = web_page(f'<meta charset="{encoding}">').replace("old", "старый").encode(encoding)
    assert "старый" in article(read(tmp_path, "a.html", content)).text


def test_a_page_that_the_parser_cannot_finish_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attributes = " ".join(f"a{number}=1" for number in range(28_000))
    with monkeypatch.context() as impatient:
        impatient.setattr(page.read_page, "__defaults__", (0.3,))
        assert rule(read(tmp_path, "a.html", f"<html><p {attributes}>x</p>")) == "html_too_slow"
    article(read(tmp_path, "b.html", web_page()))  # the next page is read by a new process


@pytest.mark.parametrize(
    ("program", "seen"),
    [
        pytest.param("import sys; sys.modules['trafilatura'] = None", "trafilatura", id="missing"),
        pytest.param("raise SystemExit(1)", "it ends at once", id="broken"),
    ],
)
def test_a_page_is_not_blamed_for_an_html_parser_that_does_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, seen: str
) -> None:
    """A Python in which the parser can't be imported reads the pages."""
    python = tmp_path / "python"
    start = f"{program}; sys.argv = sys.argv[1:]; import runpy; runpy.run_path(sys.argv[0], "
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{start}run_name=\'__main__\')" "$2"\n')
    python.chmod(0o755)
    monkeypatch.setattr(page.sys, "executable", str(python))
    monkeypatch.setattr(page, "_READER", page._PageReader())
    articles, (problem,) = read(tmp_path, "a.html", web_page())
    assert articles == []
    assert problem.rule == "html_reader_missing"
    assert seen in problem.reason
    assert "installation is incomplete" in problem.reason
    assert "Install dispatches again" in problem.next_step


def test_elements_nested_without_end_do_no_harm(tmp_path: Path) -> None:
    result = read(tmp_path, "a.html", "<html><body>" + "<div>" * 40_000 + "Deep text here.")
    assert rule(result) == "html_without_article"
