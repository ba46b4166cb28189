"""Which row of the vocabulary fits a trigger in its sentence.

Belongs here: the trigger's slots, the conditions of a frame, and the choice of the first frame whose
conditions hold. Does not belong here: how arguments are found in the parse (`slots`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from extraction.actors.phrases import QUANTITIES, Phrases
from extraction.events import slots
from extraction.events.grammar import NO_EVENT, Condition, Frame, frames, violent_verbs
from extraction.vocabulary.noun_classes import noun_classes

NOTABLE_SECTORS = frozenset(
    {
        "GOV",
        "LEG",
        "JUD",
        "COP",
        "MIL",
        "SPY",
        "PTY",
        "OPP",
        "IGO",
        "NGO",
        "REB",
        "UAF",
        "SOC",
        "REL",
        "LAB",
    }
)
_NOMINAL = frozenset({"nsubj", "nsubj:pass", "nmod", "obl", "obj", "compound", "obl:agent"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_NAMES_OF_STATES = frozenset({"state", "demonym", "capital", "leader", "organisation"})


class Match(NamedTuple):
    """A trigger with its frame; `verb` is the light verb over a noun, -1 if there is none."""

    token: int
    last: int
    frame: Frame
    verb: int


class Reading:
    """One sentence with everything that frames ask about; results are kept while it is read."""

    def __init__(self, phrases: Phrases, hidden: frozenset[int] = frozenset()) -> None:
        """Read `phrases.tree`; `hidden` are tokens of dates, which trigger nothing and do nothing."""
        self.hidden = hidden
        self.phrases = phrases
        self.tree = phrases.tree
        self._slots: dict[tuple[int, str], list[int]] = {}

    def match(self, token: int) -> Match | None:
        """The event that a token triggers, or None."""
        tree = self.tree
        if self._only_describes(token):
            return None
        pos = self.word_class(token)
        lemma = tree.lowers[token] if pos == "n" and tree.is_verb(token) else tree.lemmas[token]
        rows = frames().get((lemma, pos), ()) if token not in self.hidden else ()
        for frame in rows:
            last = self._particle(token, frame)
            if last < 0:
                continue
            if all(self._holds(token, pos, condition) for condition in frame.conditions):
                if frame.event_type == NO_EVENT:
                    return None
                verb = slots.light_verb_over(tree, token) if pos == "n" else -1
                return Match(token, last, frame, verb)
        return None

    def _only_describes(self, token: int) -> bool:
        """A noun before a noun ("truce monitors") or a participle before one ("alleged crimes")."""
        tree = self.tree
        if tree.deps[token] == "amod" or tree.deps[token] == "compound":
            return tree.heads[token] != token
        if (
            tree.tags[token] == "VBN"
            and tree.deps[token] in _NOMINAL
            and not tree.having(token, "aux", "aux:pass")
        ):
            return True
        if tree.deps[token] in {"flat", "fixed", "case", "mark", "aux", "cop"}:
            return True
        is_name = tree.tags[token] in {"NNP", "NNPS"} and tree.words[token][:1].isupper()
        beside = (
            token > 0
            and tree.tags[token - 1] in {"NNP", "NNPS"}
            and tree.deps[token - 1] in {"compound", "amod", "flat"}
        )
        return is_name and beside and not tree.words[token].isupper()

    def word_class(self, token: int) -> str:
        """ "v" or "n"; a gerund in a noun's place ("Fighting resumed") is a noun; "" for the rest."""
        tree = self.tree
        if tree.is_noun(token):
            return "n"
        if not tree.is_verb(token):
            return ""
        if tree.tags[token] == "VBG" and not tree.having(token, "obj", "nsubj", "aux"):
            if tree.deps[token] in _NOMINAL or tree.having(token, "det", "nmod:poss"):
                return "n"
        return "v"

    def _particle(self, token: int, frame: Frame) -> int:
        """Last token of the trigger: its particle where it has one; -1 where the particle is missing."""
        if not frame.particle:
            return token
        tree = self.tree
        for child in tree.children[token]:
            if child > token and tree.lowers[child] == frame.particle and child - token <= 4:
                return child
        following = token + 1
        if following < len(tree) and tree.lowers[following] == frame.particle:
            return following
        return -1

    def _holds(self, token: int, pos: str, condition: Condition) -> bool:
        if condition.slot in {
            "passive",
            "plural",
            "the",
            "free",
            "light",
            "negated",
            "joint",
            "modal",
        }:
            return self._holds_form(token, condition)
        filled = self.slot(token, pos, condition.slot)
        if condition.slot == "subj" and not condition.wanted and filled:
            filled = [*filled, *range(filled[0], token)]
        if not condition.names_words:
            return bool(filled) == condition.wanted
        return any(self._is(t, condition) for t in filled) == condition.wanted

    def _holds_form(self, token: int, condition: Condition) -> bool:
        tree = self.tree
        if condition.slot == "passive":
            return slots.is_passive(tree, token) == condition.wanted
        if condition.slot == "plural":
            return tree.tags[token].endswith("S") == condition.wanted
        if condition.slot == "the":
            return (
                bool(
                    [
                        c
                        for c in tree.having(token, "det", "nmod:poss")
                        if tree.lowers[c] not in {"a", "an", "no"}
                    ]
                )
                == condition.wanted
            )
        if condition.slot == "negated":
            return (
                any(tree.lowers[c] in _NEGATIONS for c in tree.children[token]) == condition.wanted
            )
        if condition.slot == "joint":
            return self._is_joint(token) == condition.wanted
        if condition.slot == "modal":
            below = slots.complement(tree, token)
            auxiliaries = tree.having(below, "aux") if below >= 0 else []
            return any(tree.lowers[a] in condition.words for a in auxiliaries) == condition.wanted
        verb = slots.light_verb_over(tree, token)
        if condition.slot == "free":
            return (verb < 0) == condition.wanted
        if not condition.names_words:
            return (verb >= 0 and tree.lemmas[verb] in slots.light_verbs()) == condition.wanted
        return (verb >= 0 and tree.lemmas[verb] in condition.words) == condition.wanted

    def _is_joint(self, token: int) -> bool:
        """Two states do it together."""
        heads = slots.subjects(self.tree, token)
        named = {e.country for h in heads for e in self.phrases.entities(h) if e.country}
        return len(named) > 1 or bool(slots.prepositional(self.tree, token, "with"))

    def slot(self, token: int, pos: str, name: str) -> list[int]:
        """Heads that fill a slot of a trigger."""
        key = (token, name)
        if key not in self._slots:
            self._slots[key] = (
                self._verb_slot(token, name) if pos == "v" else self._noun_slot(token, name)
            )
        return self._slots[key]

    def _verb_slot(self, verb: int, name: str) -> list[int]:
        tree = self.tree
        if name == "subj":
            return slots.subjects(tree, verb)
        if name == "obj":
            return slots.objects(tree, verb)
        if name == "iobj":
            return slots.receivers(tree, verb)
        if name == "by":
            return slots.by_phrase(tree, verb)
        if name == "comp":
            found = slots.complement(tree, verb)
            if found >= 0 and tree.lemmas[found] in {
                "resume",
                "begin",
                "start",
                "continue",
                "keep",
                "launch",
            }:
                inner = slots.complement(tree, found)
                below = [inner] if inner >= 0 else slots.objects(tree, found)
                return [found, *below]
            return [] if found < 0 else [found]
        if name == "within":
            return self._within(verb)
        if name.startswith("comp."):
            found = slots.complement(tree, verb)
            if found < 0:
                return []
            if name == "comp.subj":
                return (
                    slots.objects(tree, found)
                    if slots.is_passive(tree, found)
                    else slots.subjects(tree, found)
                )
            return self.slot(found, "v", name[5:])
        if name.startswith("obj."):
            return [t for o in slots.objects(tree, verb) for t in slots.inside(tree, o, name[4:])]
        return slots.prepositional(tree, verb, name)

    def _noun_slot(self, noun: int, name: str) -> list[int]:
        tree = self.tree
        if name == "agent":
            return self._agents(noun)
        if name == "mod":
            first, _ = tree.phrase(noun)
            return list(range(first, noun))
        if name == "between":
            return slots.prepositional(tree, noun, "between") or slots.prepositional(
                tree, noun, "among"
            )
        if name.startswith("comp."):
            found = slots.complement(tree, noun)
            return [] if found < 0 else self.slot(found, "v", name[5:])
        if "." in name:
            outer, inner = name.split(".")
            return [
                t for o in self.slot(noun, "n", outer) for t in slots.prepositional(tree, o, inner)
            ]
        found_own = slots.prepositional(tree, noun, name)
        if found_own:
            return found_own
        verb = slots.light_verb_over(tree, noun)
        if verb >= 0 and name != "of" and tree.lemmas[verb] in slots.light_verbs():
            return slots.prepositional(tree, verb, name)
        return []

    def _agents(self, noun: int) -> list[int]:
        """Owner, "by", light verb's subject, or a nationality or army among the words before."""
        tree = self.tree
        owners = [o for o in slots.owners_of(tree, noun) if o not in self.hidden]
        if owners and tree.tags[owners[0]] != "PRP$":
            return owners
        for child in tree.having(noun, "amod", "compound", "nmod:desc"):
            if child < noun and self._names_actor(child):
                return [child]
        verb = slots.light_verb_over(tree, noun)
        if verb >= 0 and tree.lemmas[verb] in slots.light_verbs():
            return slots.subjects(tree, verb)
        return owners or slots.ascribed_to(tree, noun)

    def _names_actor(self, token: int) -> bool:
        if token in self.phrases.by_token:
            return True
        return (
            self.tree.lemmas[token] in noun_classes()["ARMED"]
            and self.tree.lemmas[token] not in noun_classes()["PROJECTILE"]
        )

    def _within(self, verb: int) -> list[int]:
        """Countries and organisations named inside the object."""
        found: list[int] = []
        for head in slots.objects(self.tree, verb)[:2]:
            inside = self.tree.subtree(head)
            mention = self.phrases.naming(head)
            if mention is None or not mention.country:
                named = [self.phrases.by_token[t] for t in inside if t in self.phrases.by_token]
                mention = next((m for m in named if m.country), mention or next(iter(named), None))
            if mention:
                found += [t for t, m in self.phrases.by_token.items() if m is mention][:1]
        return found

    def _is(self, head: int, condition: Condition) -> bool:
        """A head is one of the words or classes; quantities look through to what they count."""
        for token in self._looked_through(head):
            if (
                self.tree.lemmas[token] in condition.words
                or self.tree.lowers[token] in condition.words
            ):
                return True
            if any(self._in_class(token, name) for name in condition.classes):
                return True
        return False

    def _looked_through(self, head: int) -> Iterable[int]:
        tree = self.tree
        yield head
        for child in tree.having(head, "compound", "flat", "amod", "nmod:desc"):
            if child < head or tree.deps[child] == "nmod:desc":
                yield child
        if (
            tree.lemmas[head] in QUANTITIES
            or tree.having(head, "nummod")
            or tree.lemmas[head] in noun_classes()["DELIVERY"]
        ):
            for child in tree.having(head, "nmod"):
                if tree.preposition(child) == "of":
                    yield from tree.conjuncts(child)

    def _in_class(self, token: int, name: str) -> bool:
        if name == "VIOLENTVERB":
            return self.tree.lemmas[token] in violent_verbs()
        if name == "STATE":
            mention = self.phrases.by_token.get(token)
            return mention is not None and mention.kind in _NAMES_OF_STATES
        if name == "GEO":
            return self._is_place(token)
        if name == "NOTABLE":
            return self._is_notable(token)
        if name == "HUMAN" and self._is_person(token):
            return True
        return self.tree.lemmas[token] in noun_classes()[name]

    def _is_place(self, token: int) -> bool:
        mention = self.phrases.by_token.get(token)
        if mention is not None:
            return mention.kind in {"state", "capital"}
        return self.tree.entity_types[token] == "PLACE"

    def _is_person(self, token: int) -> bool:
        mention = self.phrases.by_token.get(token)
        return self.tree.entity_types[token] == "PERSON" or (
            mention is not None and mention.kind == "leader"
        )

    def _is_notable(self, token: int) -> bool:
        """A state, an organisation, an official or a named person: somebody whose words are acts."""
        tree = self.tree
        if token in self.phrases.by_token or tree.entity_types[token] in {"PERSON", "ORG"}:
            return True
        if tree.tags[token] == "PRP":
            return True
        return self.phrases.sector(token) in NOTABLE_SECTORS
