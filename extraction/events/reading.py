"""One sentence with the slots that frames ask for.

Belongs here: the names of slots and where in the parse each is found. Does not belong here: the
walks over the parse (`slots`, `nominals`), and the conditions on what fills a slot (`frames`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from extraction.actors.phrases import Phrases
from extraction.events import nominals, slots
from extraction.events.kinds import Kinds
from extraction.vocabulary import load_table

NOMINAL = frozenset({"nsubj", "nsubj:pass", "nmod", "obl", "obj", "compound", "obl:agent"})


@cache
def aspect_verbs() -> frozenset[str]:
    """Verbs that only begin or continue what they govern."""
    return frozenset(row["lemma"] for row in load_table("aspect_verbs", ("lemma",)))


class Reading:
    """The slots of one sentence's triggers; results are kept while it is read."""

    def __init__(self, phrases: Phrases, hidden: frozenset[int] = frozenset()) -> None:
        """Read `phrases.tree`; `hidden` tokens, those of dates, trigger and do nothing."""
        self.hidden = hidden
        self.phrases = phrases
        self.tree = phrases.tree
        self.kinds = Kinds(phrases)
        self._kept: dict[tuple[int, str], list[int]] = {}
        self._of_verbs: dict[str, Callable[[int], list[int]]] = {
            "subj": lambda verb: slots.subjects(self.tree, verb),
            "obj": self._objects,
            "iobj": lambda verb: slots.receivers(self.tree, verb),
            "by": lambda verb: slots.by_phrase(self.tree, verb),
            "comp": self._complement,
            "within": self._within,
        }

    def word_class(self, token: int) -> str:
        """ "v", "n" or ""; a gerund in a noun's place ("Fighting resumed") is a noun."""
        tree = self.tree
        if tree.is_noun(token):
            return "n"
        if not tree.is_verb(token):
            return ""
        bare = tree.tags[token] == "VBG" and not tree.having(token, "obj", "nsubj", "aux")
        if bare and (tree.deps[token] in NOMINAL or tree.having(token, "det", "nmod:poss")):
            return "n"
        marks = tree.having(token, "mark") if bare else ()
        return "n" if any(tree.lowers[m] == "in" for m in marks) else "v"

    def slot(self, token: int, pos: str, name: str) -> list[int]:
        """Heads that fill a slot of a trigger."""
        key = (token, name)
        if key not in self._kept:
            find = self._verb_slot if pos == "v" else self._noun_slot
            self._kept[key] = find(token, name)
        return self._kept[key]

    def _verb_slot(self, verb: int, name: str) -> list[int]:
        if name in self._of_verbs:
            return self._of_verbs[name](verb)
        outer, _, inner = name.partition(".")
        if outer == "comp":
            return self._of_complement(verb, inner)
        if outer == "obj" and inner:
            objects = slots.objects(self.tree, verb)
            return [t for o in objects for t in nominals.inside(self.tree, o, inner)]
        return nominals.prepositional(self.tree, verb, name)

    def _objects(self, verb: int) -> list[int]:
        """Objects; a day in their place ("lifted Friday a ban") is none."""
        found = slots.objects(self.tree, verb)
        if not self.hidden.issuperset(found):
            return found
        others = [c for c in self.tree.having(verb, "obj") if c not in self.hidden]
        return slots.nominals_of(self.tree, others[0]) if others else found

    def _complement(self, verb: int) -> list[int]:
        """The verb of the clause below, and what it only begins ("prepared to resume shelling")."""
        found = slots.complement(self.tree, verb)
        if found < 0:
            return []
        if self.tree.lemmas[found] not in aspect_verbs():
            return [found]
        inner = slots.complement(self.tree, found)
        return [found, *([inner] if inner >= 0 else slots.objects(self.tree, found))]

    def _of_complement(self, token: int, name: str) -> list[int]:
        found = slots.complement(self.tree, token)
        if found < 0:
            return []
        if name == "subj" and slots.is_passive(self.tree, found):
            return slots.objects(self.tree, found)
        return self.slot(found, "v", name)

    def _noun_slot(self, noun: int, name: str) -> list[int]:
        tree = self.tree
        if name == "agent":
            return self._agents(noun)
        if name == "mod":
            return list(range(tree.phrase(noun)[0], noun))
        outer, _, inner = name.partition(".")
        if outer == "comp":
            return self._of_complement(noun, inner)
        if inner:
            heads = self.slot(noun, "n", outer)
            return [t for h in heads for t in nominals.prepositional(tree, h, inner)]
        names = ("between", "among") if name == "between" else (name,)
        for preposition in names:
            own = nominals.prepositional(tree, noun, preposition)
            if own:
                return own
        verb = nominals.light_verb_over(tree, noun)
        carried = verb >= 0 and tree.lemmas[verb] in nominals.light_verbs()
        return nominals.prepositional(tree, verb, name) if carried and name != "of" else []

    def _agents(self, noun: int) -> list[int]:
        """Owner, "by", light verb's subject, or a nationality or army among the words before."""
        tree = self.tree
        owners = [o for o in slots.owners_of(tree, noun) if o not in self.hidden]
        if owners and tree.tags[owners[0]] != "PRP$":
            return owners
        for child in tree.having(noun, "amod", "compound", "nmod:desc"):
            if child < noun and self.kinds.names_actor(child):
                return [child]
        tied = nominals.ascribed_to(tree, noun)
        verb = nominals.light_verb_over(tree, noun)
        if not tied and verb >= 0 and self._part_in(verb) == "":
            return slots.subjects(tree, verb)
        return owners or tied

    def undergoers(self, noun: int) -> list[int]:
        """Subject of a light verb that says to whom the noun's event was done."""
        verb = nominals.light_verb_over(self.tree, noun)
        done_to = verb >= 0 and self._part_in(verb) == "target"
        return slots.surface_subjects(self.tree, verb) if done_to else []

    def _part_in(self, light_verb: int) -> str | None:
        """ "", "target", "scene", as light_verbs.tsv has it; None for another verb."""
        return nominals.subjects_of_light_verbs().get(self.tree.lemmas[light_verb])

    def _within(self, verb: int) -> list[int]:
        """Countries and organisations named inside the object."""
        found: list[int] = []
        by_token = self.phrases.by_token
        for head in slots.objects(self.tree, verb)[:2]:
            mention = self.phrases.naming(head)
            if mention is None or not mention.country:
                named = [by_token[t] for t in self.tree.subtree(head) if t in by_token]
                mention = next((m for m in named if m.country), mention or next(iter(named), None))
            if mention:
                found += [t for t, m in by_token.items() if m is mention][:1]
        return found
