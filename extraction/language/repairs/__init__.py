"""Repairs of parses: where the words say plainly that the parser has misread them.

Belongs here: rules over tags and neighbouring words that no parse of news may break. Does not
belong here: meaning; a rule must leave a right parse as it is.

- A number's limit ("up to", "as many as") is no preposition of the noun counted.
- A small-letter word that is a verb's form is no name ("Iran blamed Israel").
- "to" before a verb's base form and a noun phrase is an infinitive ("to halt deliveries").
- -ing between a name and the noun it governs is a verb ("A halting shipments").
- A plural noun with a noun's place in the tree is no verb in -s.
- A plural right before a verb without a subject is its subject ("on Monday gunmen killed").
- A past form between a noun and its object is the clause's verb ("police in A seized weapons").
- A form that is present and past alike ("set", "hit") is past where no word tells of a habit.
- "Has neither" before participles makes them verbs ("has neither confirmed nor denied the plan").
- A known phrasal verb's particle before its object is no preposition ("called off the strike").
- A clause with "while" and a subject of its own describes no noun.
- "Said" has one subject, the noun beside it; what is said has a verb of its own.
- The part after "and" of a subject is no second subject.
- A participle after the clause's object goes with that clause, not with a verb of saying after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extraction.language.repairs import clauses, nouns, verbs

if TYPE_CHECKING:
    from extraction.language.tree import Tree

RULES = (
    nouns.limit_of_number,
    verbs.gerund,
    verbs.verb_read_as_name,
    verbs.verb_read_as_modifier,
    verbs.past_read_as_present,
    verbs.perfect_after_neither,
    clauses.particle_read_as_preposition,
    clauses.participle_root,
    clauses.participle_before_saying,
    clauses.object_read_as_clause,
    clauses.late_participle,
    clauses.clause_read_into_noun,
    verbs.infinitive,
    nouns.plural_noun,
    nouns.subject_read_into_phrase,
    nouns.second_subject,
)


def repair(tree: Tree) -> None:
    """Apply every rule once, from left to right, and index the tree."""
    tree.index()
    kept = _annotation(tree)
    for token in range(len(tree)):
        for rule in RULES:
            if rule(tree, token):
                if not _is_tree(tree):
                    tree.tags, tree.heads, tree.deps, tree.lemmas = kept
                kept = _annotation(tree)
                tree.index()


def _annotation(tree: Tree) -> tuple[list[str], list[int], list[str], list[str]]:
    """A copy of what rules may change; a rule that does not apply changes nothing."""
    return tree.tags[:], tree.heads[:], tree.deps[:], tree.lemmas[:]


def _is_tree(tree: Tree) -> bool:
    """Every token reaches a root: a repair must not tie a knot."""
    safe: set[int] = set()
    for token in range(len(tree)):
        path: list[int] = []
        seen: set[int] = set()
        while token not in safe and tree.heads[token] != token:
            if token in seen:
                return False
            seen.add(token)
            path.append(token)
            token = tree.heads[token]
        safe.update(path)
        safe.add(token)
    return True
