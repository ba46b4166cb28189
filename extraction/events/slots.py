"""The arguments of a trigger in a parse: who did it, what to, with which prepositions.

Belongs here: reading subjects, objects and obliques through passives, coordination, control,
relative clauses and light verbs. Does not belong here: which argument is actor or recipient (the
vocabulary says so), and which nouns count.

Everything returns token positions of heads, coordinated ones included, in text order.
"""

from __future__ import annotations

from functools import cache

from extraction.language.repairs.neighbours import left_nominal
from extraction.language.tree import Tree
from extraction.vocabulary import load_table

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
OBLIQUES = ("obl", "obl:agent", "nmod", "obl:unmarked")
RELATIVE_PRONOUNS = frozenset({"WDT", "WP", "WP$"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
MAX_STEPS = 6


@cache
def control_verbs() -> frozenset[str]:
    """Verbs whose object does what their infinitive or gerund says ("urged A to leave")."""
    return frozenset(row["lemma"] for row in load_table("control_verbs", ("lemma",)))


def is_passive(tree: Tree, verb: int) -> bool:
    """A passive clause, or a past participle that describes the noun before it."""
    if tree.having(verb, "aux:pass", "nsubj:pass") or _gapped_number(tree, verb) >= 0:
        return True
    if tree.tags[verb] not in {"VBN", "VBD"}:
        return False
    if tree.deps[verb] == "acl":
        return not tree.having(verb, "obj", "aux")
    if tree.deps[verb] == "conj" and not tree.having(verb, "nsubj", "aux"):
        return (
            tree.tags[verb] == "VBN"
            and is_passive(tree, tree.heads[verb])
            and not tree.having(verb, "obj")
        )
    return False


def _gapped_number(tree: Tree, verb: int) -> int:
    """The 30 of "12 people were killed and 30 wounded", whatever the parse hangs it on; else -1."""
    number = verb - 1
    if number < 2 or tree.tags[verb] != "VBN" or tree.tags[number] != "CD":
        return -1
    if tree.lowers[number - 1] not in {"and", ","} or tree.having(verb, "nsubj", "aux", "obj"):
        return -1
    earlier = tree.tags[:number]
    return number if "VBN" in earlier or "VBD" in earlier else -1


def subjects(tree: Tree, verb: int, steps: int = 0) -> list[int]:
    """Who acts: the logical subject; empty where nobody is named."""
    if is_passive(tree, verb):
        return by_phrase(tree, verb)
    if steps == 0 and tree.tags[verb] in {"VBD", "VBZ", "VBP"} and not tree.having(verb, *SUBJECTS):
        nominal = left_nominal(tree, verb)
        if nominal >= 0 and tree.deps[nominal] not in {"obj", "iobj", "nsubj", "nsubj:pass", "obl"}:
            return nominals_of(tree, nominal)
    return surface_subjects(tree, verb, steps)


def receivers(tree: Tree, verb: int) -> list[int]:
    """The indirect object; in "it was promised an exemption" the subject."""
    if tree.having(verb, "aux:pass") and tree.having(verb, "obj"):
        return surface_subjects(tree, verb)
    return [t for c in tree.having(verb, "iobj") for t in tree.conjuncts(c)]


def by_phrase(tree: Tree, verb: int) -> list[int]:
    """The agent of a passive."""
    for child in tree.having(verb, *OBLIQUES):
        if tree.preposition(child) == "by" and tree.is_noun(child):
            return nominals_of(tree, child)
    return []


def surface_subjects(tree: Tree, verb: int, steps: int = 0) -> list[int]:
    """The grammatical subject, through coordination, control and relative clauses."""
    own = tree.having(verb, *SUBJECTS)
    if own:
        return _resolved(tree, verb, own[0])
    if steps > MAX_STEPS or tree.heads[verb] == verb:
        return []
    head, dep = tree.heads[verb], tree.deps[verb]
    if dep in {"acl", "acl:relcl"}:
        return _subject_of_modifier(tree, verb, head, steps)
    if dep == "conj" and tree.is_verb(head):
        return surface_subjects(tree, _finite_partner(tree, verb, head), steps + 1)
    if dep in {"xcomp", "advcl", "ccomp", "advcl:relcl", "parataxis", "obl", "obj"}:
        return _controller(tree, verb, head, dep, steps)
    return []


def _finite_partner(tree: Tree, verb: int, head: int) -> int:
    """ "accused A of widening the war and demanded …": a past form goes with "accused".

    "Denied that A had attacked and urged …": so does one that is itself a saying.
    "A attacked, B said, and fired …" goes on with what is said.
    """
    if tree.tags[verb] not in FINITE or tree.having(verb, "aux"):
        return head
    says = tree.lemmas[verb] in control_verbs()
    said = [c for c in tree.having(head, "ccomp") if c < head]
    if said and not says and tree.lowers[head + 1 : head + 2] == [","]:
        return said[0]
    for token in (head, *tree.ancestors(head)):
        bare = tree.tags[token] in {"VBG", "VB"} and not tree.having(token, "aux", *SUBJECTS)
        told = says and tree.deps[token] == "ccomp" and tree.having(token, "aux")
        if tree.is_verb(token) and not bare and not told:
            return token
    return head


def _resolved(tree: Tree, verb: int, subject: int) -> list[int]:
    """A relative pronoun stands for the noun that its clause describes.

    "A group working in B said": where the parse takes the modifier for the subject, its own.
    """
    if tree.tags[subject] == "VBG" and tree.deps[subject] == "csubj":
        return surface_subjects(tree, subject, MAX_STEPS) or [subject]
    if tree.tags[subject] in RELATIVE_PRONOUNS:
        antecedent = _before_which(tree, subject, antecedent_of(tree, verb))
        if antecedent < 0 < subject and tree.is_noun(subject - 1):
            antecedent = subject - 1
        if antecedent >= 0:
            return nominals_of(tree, antecedent)
    return nominals_of(tree, subject)


def _before_which(tree: Tree, pronoun: int, parsed: int) -> int:
    """ ", which" and ", who" describe the noun right before the comma, whatever the parse says."""
    if (
        tree.lowers[pronoun] not in {"which", "who"}
        or pronoun < 2
        or tree.lowers[pronoun - 1] != ","
    ):
        return parsed
    noun = pronoun - 2
    while tree.deps[noun] in {"compound", "flat", "nmod:desc"} and tree.heads[noun] < pronoun:
        if tree.heads[noun] == noun:
            break
        noun = tree.heads[noun]
    return noun if tree.is_noun(noun) else parsed


def antecedent_of(tree: Tree, verb: int) -> int:
    """The noun described by the relative clause that the verb stands in; -1 if there is none."""
    for token in (verb, *tree.ancestors(verb)):
        if tree.deps[token] in {"acl:relcl", "acl", "advcl:relcl"}:
            head = tree.heads[token]
            return head if not tree.is_verb(head) else -1
        if tree.deps[token] not in {"xcomp", "conj", "ccomp"}:
            break
    return -1


def _subject_of_modifier(tree: Tree, verb: int, noun: int, steps: int) -> list[int]:
    """ "troops advancing" or "a decision by A to halt": the noun, or whoever owns the noun."""
    if tree.tags[verb] == "VB":
        owners = owners_of(tree, noun)
        if owners:
            return owners
        governor = tree.heads[noun]
        if tree.is_verb(governor) and tree.deps[noun] in {"obj", "obl", "nsubj:pass"}:
            return surface_subjects(tree, governor, steps + 1)
        return []
    if tree.is_verb(noun):
        return []
    return nominals_of(tree, noun)


def owners_of(tree: Tree, noun: int) -> list[int]:
    """Possessor of a noun, or whom "by" or "from" names as its author."""
    for child in tree.having(noun, "nmod:poss"):
        return nominals_of(tree, child)
    for child in tree.having(noun, "nmod", "obl"):
        if tree.preposition(child) in {"by", "between", "among"}:
            return nominals_of(tree, child)
    return []


def _controller(tree: Tree, verb: int, head: int, dep: str, steps: int) -> list[int]:
    if not tree.is_verb(head):
        if tree.having(head, "cop", *SUBJECTS):
            return surface_subjects(tree, head, steps + 1)
        return nominals_of(tree, head) if dep == "advcl" and tree.is_noun(head) else []
    is_of_object = tree.lemmas[head] in control_verbs()
    marks = {tree.lowers[m] for m in tree.having(verb, "mark")}
    if is_of_object and (tree.tags[verb] == "VB" or marks & {"of", "from", "into", "with", "for"}):
        found = objects(tree, head, steps + 1)
        if found:
            return found
    has_gerund = any(tree.tags[a] == "VBG" for a in tree.having(verb, "aux"))
    if dep == "ccomp" and tree.tags[verb] not in {"VBG", "VB"} and not has_gerund:
        return [o for o in tree.having(head, "obj")[:1] if head < o < verb]
    return surface_subjects(tree, head, steps + 1)


def objects(tree: Tree, verb: int, steps: int = 0) -> list[int]:
    """Who or what is acted on: the logical object."""
    number = _gapped_number(tree, verb)
    if number >= 0:
        return [number]
    if is_passive(tree, verb):
        kept = tree.having(verb, "obj")
        if kept and tree.having(verb, "aux:pass"):
            return nominals_of(tree, kept[0])
        own = tree.having(verb, "nsubj:pass", "nsubj")
        if own:
            return _resolved(tree, verb, own[0])
        if tree.deps[verb] == "acl":
            return nominals_of(tree, tree.heads[verb])
        if tree.deps[verb] == "ccomp" and tree.heads[verb] < verb:
            return [o for o in tree.having(tree.heads[verb], "obj")[:1] if o < verb]
        return surface_subjects(tree, verb, steps)
    own = tree.having(verb, "obj") or tree.having(verb, "iobj")
    if own:
        return _resolved(tree, verb, own[0])
    gap = _object_gap(tree, verb)
    if gap:
        return gap
    later = [c for c in tree.having(verb, "conj") if tree.is_verb(c) and tree.having(c, "obj")]
    if later and later[0] - verb <= 3:
        return nominals_of(tree, tree.having(later[0], "obj")[0])
    return []


def _object_gap(tree: Tree, verb: int) -> list[int]:
    """ "towns which it has tried to seize": the relative clause's noun is the missing object."""
    for token in (verb, *tree.ancestors(verb)):
        dep = tree.deps[token]
        if dep == "acl:relcl":
            subject = tree.having(token, *SUBJECTS)
            if subject and tree.tags[subject[0]] not in RELATIVE_PRONOUNS:
                head = tree.heads[token]
                taken = any(
                    tree.preposition(c)
                    for c in tree.having(token, "obl")
                    if tree.tags[c] in RELATIVE_PRONOUNS
                )
                if taken or tree.is_verb(head):
                    return []
                pronoun = next((c for c in tree.subtree(token) if tree.lowers[c] == "which"), -1)
                return nominals_of(
                    tree, _before_which(tree, pronoun, head) if pronoun > 0 else head
                )
            return []
        if dep != "xcomp":
            return []
    return []


def complement(tree: Tree, verb: int) -> int:
    """The verb of the clause that the trigger governs; -1 if none."""
    for dep in ("xcomp", "ccomp", "advcl", "acl"):
        for child in tree.having(verb, dep):
            if child > verb and (dep in {"xcomp", "ccomp"} or _is_infinitive_or_of(tree, child)):
                return child
    for child in tree.having(verb, "obj"):
        for clause in tree.having(child, "acl", "xcomp"):
            if tree.tags[clause] == "VB" and clause > child:
                return clause
    return -1


def _is_infinitive_or_of(tree: Tree, verb: int) -> bool:
    marks = {tree.lowers[m] for m in tree.having(verb, "mark")}
    return bool(marks & {"to", "of", "for", "from"}) and tree.tags[verb] in {"VB", "VBG"}


def nominals_of(tree: Tree, head: int) -> list[int]:
    """A nominal and those coordinated with it."""
    return [t for t in tree.conjuncts(head) if not tree.is_verb(t)] or [head]
