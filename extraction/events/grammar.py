"""The event grammar as data: triggers with their frames, and the classes of words they name.

Belongs here: reading and checking triggers.tsv, noun_classes.tsv and causes.tsv. Does not belong
here: looking at a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extraction.language.lemmas import lemma_of
from extraction.vocabulary import VocabularyError, load_table
from extraction.vocabulary.noun_classes import noun_classes

MATCHED_BY_ENTITY = frozenset({"STATE", "GEO", "NOTABLE", "VIOLENTVERB"})
"""Classes that are no list of words: `frames` says what they match."""

VIOLENT_CAUSE = "violence"
NO_EVENT = "NONE"
_ANY_TARGET = frozenset({"HUMAN", "STATE", "TERRITORY", "PROPERTY", "VIOLENCE"})
_CONDITION = re.compile(
    r"(?P<absent>-?)(?P<not>!?)(?P<slot>[a-z][a-z.-]*)(?P<sign>[:!]?)(?P<words>.*)"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a frame: a slot is filled, is empty, or is (not) filled with some words."""

    slot: str
    wanted: bool
    words: frozenset[str]
    classes: frozenset[str]

    @property
    def names_words(self) -> bool:
        """The condition looks at the filler, not only at whether there is one."""
        return bool(self.words or self.classes)


@dataclass(frozen=True, slots=True)
class Frame:
    """One row of triggers.tsv."""

    trigger: str
    particle: str
    pos: str
    conditions: tuple[Condition, ...]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    event_type: str
    mode: str | None
    acled: str | None


@cache
def frames() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """(lemma, "v" or "n") → its frames in file order; particles are looked at when matching.

    Raises VocabularyError for a class that noun_classes.tsv does not define.
    """
    found: dict[tuple[str, str], list[Frame]] = {}
    for row in load_table("triggers", ("trigger", "pos", "type")):
        frame = _frame(row)
        found.setdefault((frame.trigger, frame.pos), []).append(frame)
    return {key: tuple(sorted(rows, key=lambda f: not f.particle)) for key, rows in found.items()}


def _frame(row: dict[str, str]) -> Frame:
    lemma, _, particle = row["trigger"].partition(" ")
    needs = filter(None, row["needs"].split("&"))
    return Frame(
        trigger=lemma,
        particle=particle,
        pos=row["pos"],
        conditions=tuple(_condition(text, row["trigger"]) for text in needs),
        actor=_slots(row["actor"]),
        recipient=_slots(row["recipient"]),
        event_type=row["type"],
        mode=row["mode"] or None,
        acled=row["acled"] or None,
    )


def _slots(cell: str) -> tuple[str, ...]:
    return () if cell in {"", "-"} else tuple(cell.split(","))


def _condition(text: str, trigger: str) -> Condition:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise VocabularyError(f"triggers.tsv: {trigger}: {text!r} is no condition; see its header")
    words = frozenset(filter(None, match["words"].split("|")))
    classes = frozenset(w for w in words if w.isupper() and len(w) > 1 and w.isalpha())
    unknown = sorted(classes - MATCHED_BY_ENTITY - noun_classes().keys())
    if unknown:
        raise VocabularyError(
            f"triggers.tsv: {trigger}: no class {unknown}; add to noun_classes.tsv"
        )
    wanted = not (match["absent"] or match["not"] or match["sign"] == "!")
    return Condition(match["slot"], wanted, words - classes, classes)


@cache
def violent_verbs() -> frozenset[str]:
    """Verbs that are an ASSAULT by themselves or on any person, place or state."""
    return frozenset(
        lemma
        for (lemma, pos), rows in frames().items()
        if pos == "v" and any(map(_is_violent, rows))
    )


def _is_violent(frame: Frame) -> bool:
    if frame.event_type != "ASSAULT" or frame.particle:
        return False
    objects = [c for c in frame.conditions if c.slot not in {"subj", "by"} and c.wanted]
    return all(c.slot == "obj" and c.classes & _ANY_TARGET for c in objects)


@cache
def _causes() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in load_table("causes", ("word",))}


@lru_cache(maxsize=65_536)
def cause_of_word(word: str) -> str:
    """Kind of cause of harm that a word in small letters names, in any of its forms; "" if none."""
    forms = (word, *(lemma_of(word, tag) for tag in ("NNS", "VBD", "VBG")))
    return next((_causes()[form] for form in forms if form in _causes()), "")
