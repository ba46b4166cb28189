"""A parsed sentence for every row of triggers.tsv, made from the row's own conditions.

Belongs here: building the smallest tree that fills the slots a frame asks for. Does not belong
here: the parser; a row is exercised whatever the weights are.
"""

from __future__ import annotations

from extraction.actors.lexicon import find_names
from extraction.actors.phrases import Phrases
from extraction.events.grammar import Condition, Frame
from extraction.events.reading import Reading
from extraction.language.tree import Tree
from extraction.vocabulary.noun_classes import noun_classes

FORMS = {"passive", "plural", "the", "negated", "able", "joint", "modal", "free", "light"}
STANDS_FOR = {
    "STATE": "Iran",
    "GEO": "Iran",
    "NOTABLE": "Iran",
    "VIOLENTVERB": "attack",
    "HUMAN": "teacher",
}
PLAIN_OBJECT = "thing"


class Builder:
    """Grows a tree word by word; `words` are (text, tag, dep, head)."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []

    def add(self, text: str, tag: str, dep: str, head: int) -> int:
        self.rows.append([text, tag, dep, head])
        return len(self.rows) - 1

    def tree(self) -> tuple[Tree, str]:
        words = [str(row[0]) for row in self.rows]
        text = " ".join(words)
        starts, at = [], 0
        for word in words:
            starts.append(at)
            at += len(word) + 1
        tree = Tree(
            words,
            [w.lower() for w in words],
            [str(row[1]) for row in self.rows],
            [str(row[2]) for row in self.rows],
            [int(str(row[3])) for row in self.rows],
            [w.lower() for w in words],
            starts,
            [s + len(w) for s, w in zip(starts, words, strict=True)],
            [],
            [""] * len(words),
        )
        tree.index()
        return tree, text


def reading_of(frame: Frame) -> tuple[Reading, int]:
    """A reading of a sentence that fulfils a frame's conditions, and the trigger's position."""
    wanted: dict[str, Condition] = {}
    for condition in frame.conditions:
        if condition.wanted:
            slot = condition.slot if condition.slot not in wanted else f"{condition.slot}+"
            wanted[slot] = condition
    avoided = {c.slot for c in frame.conditions if not c.wanted and not c.names_words}
    built = (
        _verbal(frame, wanted, avoided) if frame.pos == "v" else _nominal(frame, wanted, avoided)
    )
    builder, trigger = built
    tree, text = builder.tree()
    return Reading(Phrases(tree, find_names(text), text)), trigger


def filler(condition: Condition | None, default: str) -> str:
    """A word that a condition accepts."""
    if condition is None or not condition.names_words:
        return default
    for name in sorted(condition.classes):
        if name in STANDS_FOR:
            return STANDS_FOR[name]
    if condition.words:
        return min(condition.words)
    return min(w for w in noun_classes()[min(condition.classes)] if w.isalpha())


def _tag(word: str) -> str:
    return "NNP" if word[:1].isupper() else "NN"


def _verbal(frame: Frame, wanted: dict[str, Condition], avoided: set[str]) -> tuple[Builder, int]:
    b = Builder()
    passive = "passive" in wanted
    verb = 1 + ("able" in wanted) + ("negated" in wanted) + passive + ("joint" in wanted) * 2
    subject = filler(wanted.get("subj"), "Iran")
    b.add(subject if not passive else filler(wanted.get("obj"), PLAIN_OBJECT), _tag(subject),
          "nsubj:pass" if passive else "nsubj", verb)  # fmt: skip
    if "joint" in wanted:
        b.add("and", "CC", "cc", 2)
        b.add("Syria", "NNP", "conj", 0)
    if "able" in wanted:
        b.add("could", "MD", "aux", verb)
    if "negated" in wanted:
        b.add("not", "RB", "advmod", verb)
    if passive:
        b.add("was", "VBD", "aux:pass", verb)
    trigger = b.add(frame.trigger, "VBN" if passive else "VBD", "ROOT", verb)
    if frame.particle:
        b.add(frame.particle, "RP", "compound:prt", trigger)
    needs_object = "obj" in wanted or any(s.startswith("obj.") for s in wanted)
    if not passive and needs_object and "obj" not in avoided:
        _object(b, wanted, trigger)
    for name, condition in wanted.items():
        if name not in FORMS and name not in {"subj", "obj", "obj+", "comp"} and "." not in name:
            _phrase(b, name, filler(condition, "Iraq"), trigger, "obl")
    if "comp" in wanted or "modal" in wanted:
        _clause(b, wanted, trigger)
    return b, trigger


def _object(b: Builder, wanted: dict[str, Condition], trigger: int) -> None:
    if "obj+" in wanted:
        b.add(filler(wanted["obj+"], ""), "JJ", "amod", len(b.rows) + 1)
    place = b.add(filler(wanted.get("obj"), PLAIN_OBJECT), "NN", "obj", trigger)
    for name, condition in wanted.items():
        if name.startswith("obj."):
            _phrase(b, name[4:], filler(condition, "Iraq"), place, "nmod")


def _clause(b: Builder, wanted: dict[str, Condition], trigger: int) -> None:
    if "modal" in wanted:
        below = len(b.rows) + 2
        b.add("Syria", "NNP", "nsubj", below)
        b.add(min(wanted["modal"].words), "MD", "aux", below)
        b.add(filler(wanted.get("comp"), "go"), "VB", "ccomp", trigger)
        return
    below = len(b.rows) + 1
    b.add("to", "TO", "mark", below)
    b.add(filler(wanted.get("comp"), "go"), "VB", "xcomp", trigger)
    if "comp.obj" in wanted:
        b.add(filler(wanted["comp.obj"], PLAIN_OBJECT), "NN", "obj", below)


def _phrase(b: Builder, preposition: str, word: str, head: int, dep: str) -> None:
    noun = len(b.rows) + 1
    b.add(preposition, "IN", "case", noun)
    b.add(word, _tag(word), dep, head)


def _nominal(frame: Frame, wanted: dict[str, Condition], avoided: set[str]) -> tuple[Builder, int]:
    b = Builder()
    light = wanted.get("light")
    is_object = light is not None
    before = ["the"] if "the" in wanted else []
    before += [filler(wanted["mod"], "big")] if "mod" in wanted else []
    before += ["Iranian"] if "agent" in wanted and not is_object else []
    if is_object:
        b.add("Iran", "NNP", "nsubj", 1)
        b.add(min(light.words) if light and light.names_words else "launch", "VBD", "ROOT", 1)
    trigger = len(b.rows) + len(before)
    for word in before:
        b.add(word, "DT" if word == "the" else "JJ", "det" if word == "the" else "amod", trigger)
    plural = "NNS" if "plural" in wanted else "NN"
    b.add(frame.trigger, plural, "obj" if is_object else "ROOT", 1 if is_object else trigger)
    for name, condition in wanted.items():
        if name not in FORMS and name not in {"mod", "agent"} and "." not in name:
            _phrase(b, name, filler(condition, "Iraq"), trigger, "nmod")
    return b, trigger
