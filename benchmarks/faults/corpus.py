"""A small corpus that arrives in waves, made by a seeded generator from sentences of its own.

Belongs here: what is dropped when, and its shape (text, page, record, list). Does not belong here:
refreshing. Towns, numbers and events are invented; the same seed gives the same bytes.

Twenty articles; between waves texts change, a description changes, a file grows, a copy and a near
copy arrive, a broken file is mended. One article is set aside by a gate (it isn't English) and one
figure is (`child.py` spoils the row that holds SPOILED).
"""

from __future__ import annotations

import json
import random
from pathlib import Path

Wave = dict[str, str]
"""File name → its content from this wave on."""
SPOILED = "7,311 lanterns"
_TOWNS = ("Port Selah", "Korva", "Oruna", "Velmark", "Tassin", "Brenholt", "Quellin", "Ashmere")
_WHO = ("the interior ministry", "the mayor", "rescue workers", "the miners' union", "police")
_SENTENCES = (
    "At least {a} people were killed when a bridge fell in {town} on Monday, {who} said.",
    "{Who} said about {b} residents had fled the valley since the weekend.",
    "Some {b} workers went on strike in {town} on Tuesday, according to {who}.",
    "Police arrested {a} protesters outside the town hall of {town}.",
    "The government will send ${a} million in aid to {town}, a spokeswoman said.",
    "Prices rose {a} percent in {town} between March and May, {who} said.",
    "The road from {town} to the coast, {a} kilometres long, stayed closed on Wednesday.",
    "Between {a} and {b} houses were without power, {who} said.",
)
_NOT_ENGLISH = (
    "Der Stadtrat von Velmark hat am Montag beschlossen, die alte Brücke über den Fluss nicht "
    "mehr zu öffnen. Nach den Worten der Bürgermeisterin fehlen der Stadt dafür sowohl das Geld "
    "als auch die Leute, und der Winter steht vor der Tür. Die Bewohner am anderen Ufer müssen "
    "nun einen Weg von einer halben Stunde nehmen, wenn sie zum Markt wollen.\n"
)
_BROKEN = '{"title": "Cut off", "text": "TASSIN, June 4 — Some 40 people'


def waves(seed: int) -> list[Wave]:
    """What arrives, wave by wave; later content replaces earlier content of the same name."""
    write = _Writer(seed)
    changing, described, page = write.text(), write.text(), write.text()
    records = [write.record(f"report-{n}") for n in range(1, 5)]
    copied, nearly = write.text(), write.text(9)
    return [
        {
            "changing.txt": changing,
            "changing.meta.json": _sidecar("2024-06-04"),
            "described.txt": described,
            "described.meta.json": _sidecar("2024-06-04"),
            "plain.txt": write.text(),
            "page.html": _page(page),
            "single.json": json.dumps(write.record("single")),
        },
        {
            "changing.txt": changing + write.text(2),
            "reports.jsonl": _lines(records[:3]),
            "copied.txt": copied,
            "broken.json": _BROKEN,
        },
        {
            "described.meta.json": _sidecar("2024-06-11"),
            "reports.jsonl": _lines(records),
            "copy-of-copied.txt": copied,
            "near.txt": nearly,
            "lanterns.txt": write.text() + f"Children lit {SPOILED} by the river on Sunday.\n",
        },
        {
            "changing.txt": write.text(),
            "list.json": json.dumps([write.record("list-1"), write.record("list-2")]),
            "velmark.txt": _NOT_ENGLISH,
            "broken.json": json.dumps(write.record("mended")),
        },
        {
            "page.html": _page(page + write.text(1)),
            "near-again.txt": nearly + "Nobody else was hurt.\n",
            "late.txt": write.text(),
            "last.json": json.dumps(write.record("last")),
        },
    ]


def more(seed: int, count: int) -> list[Wave]:
    """`count` waves of one new article each, for readers of many releases."""
    write = _Writer(seed + 1)
    return [{f"more-{n:02}.txt": write.text()} for n in range(1, count + 1)]


def drop(wave: Wave, folder: Path) -> None:
    """Write the files of a wave."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in wave.items():
        (folder / name).write_text(content, encoding="utf-8")


class _Writer:
    """Articles from the sentences above; no two draws of a generator are meant to be equal."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def text(self, sentences: int = 4) -> str:
        """An article of so many sentences in two paragraphs."""
        draw = self._random
        lines = []
        for template in draw.choices(_SENTENCES, k=sentences):
            who = draw.choice(_WHO)
            lines.append(
                template.format(
                    a=draw.randint(3, 95),
                    b=f"{draw.randint(100, 9000):,}",
                    town=draw.choice(_TOWNS),
                    who=who,
                    Who=who[0].upper() + who[1:],
                )
            )
        half = max(1, sentences // 2)
        return f"{' '.join(lines[:half])}\n{' '.join(lines[half:])}\n"

    def record(self, name: str) -> dict[str, str]:
        """An article as a JSON object, with an address of its own."""
        return {
            "url": f"https://wire.example/{name}",
            "title": f"What happened ({name})",
            "publisher": "Test Wire",
            "published": "2024-06-06",
            "text": self.text(),
        }


def _sidecar(published: str) -> str:
    return json.dumps({"published": published, "publisher": "Test Wire"})


def _lines(records: list[dict[str, str]]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def _page(text: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return (
        '<!doctype html><html lang="en"><head><title>A page of the wire</title>'
        '<meta property="article:published_time" content="2024-06-05"></head>'
        f"<body><article><h1>A page of the wire</h1>{paragraphs}</article></body></html>"
    )
