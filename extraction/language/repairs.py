"""Repairs of parses: where the words say plainly that the parser has misread them.

Belongs here: rules over tags and neighbouring words that no parse of news may break. Does not belong
here: meaning; a rule must leave a right parse as it is.

- A number's limit ("up to", "as many as") is no preposition of the noun counted.
- A small-letter word that is a verb's form is no name ("Iran blamed Israel").
- "to" before a verb's base form and a noun phrase is an infinitive ("to halt deliveries").
- -ing between a name and the noun it governs is a verb ("A halting shipments").
- A plural noun with a noun's place in the tree is no verb in -s.
- A past form between a noun and its object is the clause's verb ("police in A seized weapons").
- A participle after the clause's object goes with that clause, not with a verb of saying after it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extraction.language.lemmas import lemma_of
from extraction.vocabulary import load_table

if TYPE_CHECKING:
    from extraction.language.tree import Tree

LIMITS = (("up", "to"), ("as", "many", "as"), ("as", "much", "as"), ("as", "few", "as"), ("more", "than"),
          ("fewer", "than"), ("less", "than"), ("at", "least"), ("at", "most"))  # fmt: skip
_OBJECT_STARTS = frozenset(
    {"DT", "PRP$", "PRP", "CD", "JJ", "NNS", "NNP", "NNPS", "NN", "PDT", "VBG", "VBN"}
)
_NOMINAL_PLACES = frozenset(
    {"obj", "nmod", "obl", "nsubj", "nsubj:pass", "compound", "obl:agent", "conj"}
)
_NAMES = frozenset({"NNP", "NNPS"})
_BE = frozenset({"is", "are", "was", "were"})
_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
_PARTS = frozenset(
    {"nmod", "compound", "flat", "nmod:desc", "nmod:poss", "appos", "nummod", "nmod:unmarked"}
)
_SAME_IN_PAST = frozenset({"set", "hit", "cut", "shut", "put", "beat"})


@cache
def known_verbs() -> frozenset[str]:
    """Base forms of the verbs of the event vocabulary."""
    return frozenset(
        row["trigger"].split()[0]
        for row in load_table("triggers", ("trigger", "pos"))
        if row["pos"] == "v"
    )


def repair(tree: Tree) -> None:
    """Apply every rule once, from left to right, and index the tree."""
    tree.index()
    for token in range(len(tree)):
        for rule in _RULES:
            before = (tree.tags[:], tree.heads[:], tree.deps[:], tree.lemmas[:])
            if rule(tree, token):
                if not _is_tree(tree):
                    tree.tags, tree.heads, tree.deps, tree.lemmas = before
                tree.index()


def left_nominal(tree: Tree, verb: int) -> int:
    """Head of the noun phrase that ends right before a verb, over adverbs and dates; -1 if none."""
    at = verb - 1
    while at >= 0 and (
        (tree.tags[at] in {"RB", "MD", "VBP", "VBZ", "VBD"} and at == verb - 1) or _is_when(tree, at)
    ):
        at -= 1
    if at < 0 or tree.tags[at] not in _NOUNS:
        return -1
    while tree.deps[at] in _PARTS and tree.heads[at] < verb and tree.heads[at] != at:
        if tree.tags[tree.heads[at]] not in _NOUNS:
            break
        at = tree.heads[at]
    return at


def _is_when(tree: Tree, token: int) -> bool:
    """A word of a date between subject and verb: "on Tuesday", "today", "again"."""
    words = when_words()
    if tree.lowers[token] in words or tree.tags[token] == "RB":
        return True
    after = token + 1
    return (
        tree.lowers[token] in {"on", "in", "late", "early"}
        and after < len(tree)
        and tree.lowers[after] in words
    )


@cache
def when_words() -> frozenset[str]:
    """Names of days and other single words for a time."""
    return frozenset(row["word"] for row in load_table("when_words", ("word",)))


def _verb_read_as_modifier(tree: Tree, token: int) -> bool:
    """ "police in Jericho confiscated weapons": a known verb's past form between noun and object."""
    if token == 0 or tree.deps[token] not in {"amod", "compound"} or tree.heads[token] <= token:
        return False
    if tree.tags[token] not in {"VBN", "VBD", "JJ", "NN", "NNP"} or not _is_cased_as_verb(
        tree, token
    ):
        return False
    if (
        lemma_of(tree.lowers[token], "VBD") not in known_verbs()
        or (lemma_of(tree.lowers[token], "VBD") == tree.lowers[token]
        and tree.lowers[token] not in _SAME_IN_PAST)
    ):
        return False
    has = tree.lowers[token - 1] in {"have", "has", "had"}
    subject = left_nominal(tree, token)
    if subject < 0 and not has:
        return False
    noun = tree.heads[token]
    if subject >= 0 and (
        tree.heads[subject] in range(token, noun + 1)
        and tree.deps[subject] == "compound"
        and not has
        and subject == token - 1
        and tree.tags[subject] in _NAMES
    ):
        subject_free = True
    else:
        subject_free = subject >= 0
    if has:
        over = token - 1
        _make_verb(
            tree,
            token,
            "VBN",
            tree.heads[over] if tree.heads[over] != over else token,
            tree.deps[over],
        )
        for child in range(len(tree)):
            if tree.heads[child] == over and child != token:
                tree.heads[child] = token
        tree.heads[over], tree.deps[over] = token, "aux"
    elif subject_free:
        above = tree.heads[subject]
        is_clause = above not in {subject, token, noun} and tree.is_verb(above)
        _make_verb(
            tree, token, "VBD", above if is_clause else token, "ccomp" if is_clause else "ROOT"
        )
        tree.heads[subject], tree.deps[subject] = token, "nsubj"
    if tree.heads[noun] <= token or tree.deps[noun] in {"ROOT", "conj", "nmod", "obl", "obj"}:
        tree.heads[noun], tree.deps[noun] = token, "obj"
    return True


def _is_cased_as_verb(tree: Tree, token: int) -> bool:
    return tree.words[token].islower() or (
        tree.words[token].isupper() and tree.words[token - 1].isupper()
    )


def _participle_root(tree: Tree, token: int) -> bool:
    """ "The parliament threatened to break off": a root noun whose participle has an object or clause."""
    head = tree.heads[token]
    if (
        tree.deps[token] != "acl"
        or tree.tags[token] != "VBN"
        or tree.heads[head] != head
        or head > token
    ):
        return False
    if (
        tree.is_verb(head)
        or tree.having(head, "cop")
        or not tree.having(token, "obj", "xcomp", "ccomp", "advcl")
    ):
        return False
    tree.tags[token] = "VBD"
    for child in range(len(tree)):
        if tree.heads[child] == head and child > token:
            tree.heads[child] = token
    tree.heads[token], tree.deps[token] = token, "ROOT"
    tree.heads[head], tree.deps[head] = token, "nsubj"
    return True


def _late_participle(tree: Tree, token: int) -> bool:
    """ "hit a market, killing 17, officials said": the killing goes with the hit."""
    head = tree.heads[token]
    if tree.tags[token] != "VBG" or tree.deps[token] not in {"advcl", "acl"} or head < token:
        return False
    if tree.lowers[token - 1 : token] != [","] or not tree.is_verb(head):
        return False
    for earlier in range(token - 2, -1, -1):
        if tree.tags[earlier] in {"VBD", "VBN", "VBZ", "VBP"} and tree.deps[earlier] not in {
            "aux",
            "aux:pass",
            "cop",
            "amod",
        }:
            tree.heads[token], tree.deps[token] = earlier, "advcl"
            return True
    return False


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


def _limit(tree: Tree, token: int) -> bool:
    """ "send up to 30,000 soldiers": the soldiers are the object, "up to" belongs to the number."""
    words = next((w for w in LIMITS if tuple(tree.lowers[token : token + len(w)]) == w), None)
    if words is None:
        return False
    number = token + len(words)
    if number >= len(tree) or tree.tags[number] != "CD":
        return False
    noun = number
    while tree.deps[noun] in {"nummod", "compound", "flat"} and tree.heads[noun] > noun:
        noun = tree.heads[noun]
    for part in range(token, number):
        tree.heads[part], tree.deps[part] = number, "advmod"
    verb = token - 1
    if verb >= 0 and tree.is_verb(verb) and tree.deps[noun] in {"obl", "nmod", "obl:unmarked"}:
        if not tree.having(verb, "obj") and not tree.having(verb, "aux:pass", "nsubj:pass"):
            tree.heads[noun], tree.deps[noun] = verb, "obj"
    elif tree.heads[noun] in range(token, number):
        tree.heads[noun] = max(verb, 0)
    return True


def _gerund(tree: Tree, token: int) -> bool:
    """ "the United States halting shipments": -ing between a name and the noun it governs."""
    if not (
        0 < token < len(tree) - 1
        and tree.lowers[token].endswith("ing")
        and tree.words[token].islower()
        and tree.tags[token] in {"NN", "VBG"}
        and tree.deps[token] in {"compound", "amod"}
        and tree.heads[token] > token
        and tree.tags[token - 1] in _NAMES
    ):
        return False
    noun = tree.heads[token]
    _make_verb(
        tree, token, "VBG", tree.heads[noun] if tree.heads[noun] != noun else token, tree.deps[noun]
    )
    name = token - 1
    while (
        tree.heads[name] != name
        and tree.heads[name] < token
        and tree.tags[tree.heads[name]] in _NAMES
    ):
        name = tree.heads[name]
    for other in range(token):
        if tree.heads[other] == noun:
            tree.heads[other] = token
    tree.heads[noun], tree.deps[noun] = token, "obj"
    tree.heads[name], tree.deps[name] = token, "nsubj"
    return True


def _verb_read_as_name(tree: Tree, token: int) -> bool:
    """A small-letter word after a name, tagged as a name itself, that is a known verb's form."""
    if not (
        0 < token < len(tree) - 1 and tree.tags[token] in _NAMES and tree.words[token].islower()
    ):
        return False
    tag = (
        "VBD"
        if tree.lowers[token].endswith("ed")
        or lemma_of(tree.lowers[token], "VBD") != tree.lowers[token]
        else "VBZ"
    )
    if lemma_of(tree.lowers[token], tag) not in known_verbs():
        return False
    before, after = token - 1, token + 1
    top = before
    while (
        tree.deps[top] in {"flat", "compound", "nmod:desc", "amod"}
        and tree.heads[top] != top
        and tree.heads[top] < token
    ):
        top = tree.heads[top]
    old, dep = (
        (tree.heads[top], "ccomp") if tree.heads[top] not in {token, top} else (token, "ROOT")
    )
    _make_verb(tree, token, tag, old, dep)
    tree.heads[top], tree.deps[top] = token, "nsubj"
    if tree.tags[after] in _NAMES and tree.heads[after] <= token:
        tree.heads[after], tree.deps[after] = token, "obj"
    return True


def _infinitive(tree: Tree, token: int) -> bool:
    """ "to halt deliveries": a known verb's base form between "to" and a noun phrase."""
    if (
        token == 0
        or tree.lowers[token - 1] != "to"
        or tree.is_verb(token)
        or token + 1 >= len(tree)
    ):
        return False
    if tree.lowers[token] not in known_verbs() or not (
        tree.words[token].islower() or tree.words[token].isupper()
    ):
        return False
    after = token + 1
    if tree.tags[after] not in _OBJECT_STARTS and tree.lowers[after] not in {
        "as",
        "up",
        "more",
        "at",
    }:
        return False
    noun = tree.heads[token] if tree.deps[token] in {"compound", "amod", "nmod:desc"} else -1
    anchor = noun if noun > token else token
    governor = tree.heads[anchor] if tree.heads[anchor] != anchor else max(token - 2, 0)
    be = token - 2
    if be >= 0 and tree.lowers[be] in _BE and tree.is_verb(be):
        _make_verb(
            tree, token, "VB", tree.heads[be] if tree.heads[be] != be else token, tree.deps[be]
        )
        for child in tree.children[be]:
            if child != token:
                tree.heads[child] = token
        tree.heads[be], tree.deps[be] = token, "aux"
    else:
        _make_verb(tree, token, "VB", governor, "acl" if tree.is_noun(governor) else "xcomp")
    tree.heads[token - 1], tree.deps[token - 1] = token, "mark"
    if noun > token:
        tree.heads[noun], tree.deps[noun] = token, "obj"
        if tree.tags[noun] == "VBG":
            tree.tags[noun] = "NN"
    return True


def _plural_noun(tree: Tree, token: int) -> bool:
    """ "knocked 60 websites offline": no verb, though its ending would allow one."""
    if tree.tags[token] != "VBZ" or tree.deps[token] not in _NOMINAL_PLACES:
        return False
    head = tree.heads[token]
    if tree.deps[token] == "conj" and not (tree.is_noun(head) or tree.having(head, "obj")):
        return False
    if tree.having(token, "aux", "obj", "ccomp", "xcomp", "cop"):
        return False
    if tree.deps[token] == "conj" and tree.having(token, "nsubj"):
        return False
    tree.tags[token] = "NNS"
    tree.lemmas[token] = lemma_of(tree.lowers[token], "NNS").lower()
    for child in tree.having(token, "nsubj"):
        if child < token:
            tree.deps[child] = "compound"
    return False


def _make_verb(tree: Tree, token: int, tag: str, head: int, dep: str) -> None:
    tree.tags[token], tree.heads[token], tree.deps[token] = tag, head, dep
    tree.lemmas[token] = lemma_of(tree.lowers[token], tag).lower()
    if head == token:
        tree.deps[token] = "ROOT"


_RULES = (
    _limit,
    _gerund,
    _verb_read_as_name,
    _verb_read_as_modifier,
    _participle_root,
    _late_participle,
    _infinitive,
    _plural_noun,
)
