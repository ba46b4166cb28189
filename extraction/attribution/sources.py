"""The source of a cue: whose claim it is, and the words that name the source.

Belongs here: from a cue to the head of its source, and from a head to the words of the contract: a
person's name without titles, else the noun phrase without article. Does not belong here: who a
pronoun stands for (`names`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from extraction.attribution.cues import Cue
from extraction.vocabulary import load_table

_SUBJECTS = frozenset(("nsubj", "nsubj:outer", "csubj"))
_PASSED_ON = frozenset(("conj", "xcomp", "advcl", "ccomp", "parataxis", "dep"))
"""Relations through which a verb without a subject of its own takes that of its governor."""
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_NAME_LINKS = frozenset(("compound", "flat", "flat:name", "nmod:desc", "amod", "nmod:unmarked"))
_LEFT_OUT = frozenset(
    ("acl", "acl:relcl", "advcl:relcl", "appos", "punct", "conj", "cc", "parataxis", "cop", "aux",
     "advmod", "advcl", "obl", "ccomp", "nsubj", "case", "mark", "dep", "list", "xcomp")
)  # fmt: skip
_PERFECT = frozenset(("has", "have", "had", "’ve", "'ve"))
_BE = frozenset(("be", "been", "is", "are", "was", "were", "being"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "CD"))
_PHRASE_STARTS = frozenset(("DT", "PRP$", "PRP", "NNP", "NNPS", "NN", "NNS", "CD", "JJ", "VBN"))
_PASSED_OVER = frozenset(("RB", "MD", "VBD", "VBZ", "VBP", "VBN"))
_INSIDE = frozenset(("det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "flat", "case"))
_QUOTE_ENDS = frozenset(("”", "''", '"'))
_SPEECH_ENDS = frozenset(("”", "''", '"', ",", "’"))
_AFTER_INVERSION = frozenset((",", ".", ":", "IN", "WP", "WDT", "-LRB-", "CC", "HYPH"))
_LONGEST_ASIDE = 16
_MAX_PHRASE = 8
_MAX_STEPS = 6


@cache
def titles() -> dict[str, str]:
    """Words before a person's name that are no part of it, without a full stop → `title` or
    `modifier`."""
    return {row["title"]: row["class"] for row in load_table("person_titles", ("title", "class"))}


def untitled(words: Sequence[str]) -> int:
    """How many words at the start are titles: two of "Interior Minister Goran Petkovic"."""
    count = 0
    for at, word in enumerate(words[:-1]):
        kind = titles().get(word.lower().rstrip(".")) if word != "." else "title"
        if kind is None:
            break
        if kind == "title":
            count = at + 1
    return count


def source_of(cue: Cue) -> Token | None:
    """The head of the cue's source in its sentence; None where the sentence names none."""
    if cue.kind == "according":
        return _according_source(cue.token)
    if cue.kind == "noun":
        return _noun_source(cue.token)
    if cue.kind == "adverb":
        return None
    if cue.kind == "adjective":
        return (
            subject_of(cue.token)
            if cue.entry.word not in ("likely", "unlikely", "clear", "unclear")
            else None
        )
    if cue.frame == "passive" or _is_passive(cue.token):
        return _agent_of(cue.token)
    if cue.frame in ("inf", "predicate") and cue.entry.word in ("seem", "appear", "sound"):
        return None
    return subject_of(cue.token)


def _according_source(token: Token) -> Token | None:
    owner = next((c for c in token.children if c.dep_ == "nmod:poss"), None)
    if owner is not None:
        if owner.tag_ != "PRP$":
            return owner
        return token.head if token.head.tag_.startswith("NN") else subject_of(token.head)
    if token.dep_ in ("case", "mark"):
        return token.head
    for child in token.children:
        if child.i > token.i and child.dep_ in ("obl", "nmod", "obj", "pobj", "xcomp"):
            return child
    return None


def _noun_source(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "nmod:poss":
            return child
        if child.dep_ == "nmod" and child.i > token.i and _has_case(child, "by", "from", "among"):
            return child
    if token.dep_ in ("obj", "xcomp") and token.head.tag_[:2] == "VB":
        return subject_of(token.head)
    return None


def _has_case(token: Token, *prepositions: str) -> bool:
    return any(c.dep_ == "case" and c.lower_ in prepositions for c in token.children)


def _is_passive(token: Token) -> bool:
    helpers = {c.lower_ for c in token.children if c.dep_ in ("aux", "aux:pass")}
    if helpers & _PERFECT and not helpers & _BE:
        return False
    if any(c.dep_ in ("aux:pass", "nsubj:pass", "obl:agent") for c in token.children):
        return True
    return token.tag_ == "VBN" and not any(c.dep_ in ("aux", "nsubj") for c in token.children)


def _agent_of(token: Token) -> Token | None:
    for child in token.children:
        if child.dep_ == "obl:agent" or (child.dep_ == "obl" and _has_case(child, "by")):
            return child
    return None


def subject_of(token: Token) -> Token | None:
    """The subject of a verb or predicate, its governor's where it has none of its own."""
    own = _own_subject(token)
    if own is not None and _crosses_quotation(own, token):
        own = None
    if own is not None and not (own.i > token.i and _left_neighbour(token) is not None):
        return own
    aside = token.i > 0 and token.nbor(-1).text == ","
    beside = (aside and _left_neighbour(token)) or _inverted_subject(token)
    beside = beside or _left_neighbour(token)
    return beside or own or _inherited_subject(token) or _stretch_subject(token)


def _crosses_quotation(subject: Token, verb: Token) -> bool:
    """Whether direct speech ends between the two: its subject is not the speaker."""
    return any(t.text in _QUOTE_ENDS for t in verb.doc[subject.i : verb.i])


def _own_subject(token: Token) -> Token | None:
    return next((c for c in token.children if c.dep_ in _SUBJECTS), None)


def _inherited_subject(token: Token) -> Token | None:
    if _follows_comma(token):
        before = next((t for t in reversed(token.doc[: token.i]) if t.tag_ in _FINITE), None)
        if before is not None and token.i - before.i < _MAX_PHRASE:
            return _own_subject(before) or _left_neighbour(before)
    for _ in range(_MAX_STEPS):
        if token.dep_ in ("acl", "amod") and token.head.tag_[:2] in ("NN", "PR"):
            if not _follows_comma(token) or token.head.dep_ in _SUBJECTS:
                return token.head
            token = _governing_verb(token.head)
        elif token.dep_ == "acl:relcl":
            return token.head
        elif token.dep_ not in _PASSED_ON or token.head.i == token.i:
            return None
        else:
            is_conjunct = token.dep_ == "conj"
            token = token.head
            if is_conjunct and token.tag_ in _FINITE and _left_neighbour(token) is not None:
                return _own_subject(token) or _left_neighbour(token)
        found = _own_subject(token) or next(
            (c for c in token.children if c.dep_ == "nsubj:pass"), None
        )
        if found is not None:
            return found
    return None


def _follows_comma(token: Token) -> bool:
    """Whether a participle is set off from the noun before it: "denounced the plot, saying …"."""
    return bool(token.tag_ == "VBG" and token.i > 0 and token.nbor(-1).text == ",")


def _governing_verb(token: Token) -> Token:
    for _ in range(_MAX_STEPS):
        if token.head.i == token.i or token.tag_[:2] == "VB":
            break
        token = token.head
    return token


def _inverted_subject(token: Token) -> Token | None:
    """The noun right after a verb of saying that closes direct speech: "…,” said the mayor, who
    …"."""
    doc, at = token.doc, token.i
    if at + 1 >= len(doc) or at == 0 or doc[at - 1].text not in _SPEECH_ENDS:
        return None
    if doc[at + 1].tag_ not in _PHRASE_STARTS or token.tag_ not in _FINITE:
        return None
    end = at + 1
    while end < len(doc) and (doc[end].tag_ in _PHRASE_STARTS or doc[end].text in ".-’s"):
        end += 1
    ends = end >= len(doc) or doc[end].text in ",." or doc[end - 1].text == "."
    if not ends and not (doc[at - 1].text in _QUOTE_ENDS and doc[end].tag_ in _AFTER_INVERSION):
        return None
    head = doc[at + 1]
    while at < head.head.i < at + _MAX_PHRASE and head.head.i > head.i and head.dep_ in _INSIDE:
        head = head.head
    return head if head.tag_[:2] in ("NN", "PR", "CD", "DT", "JJ") else None


def _left_neighbour(token: Token) -> Token | None:
    """The noun or pronoun directly before a finite verb, adverbs and auxiliaries passed over."""
    if token.tag_ not in _FINITE and not any(c.dep_ == "aux" for c in token.children):
        return None
    at = token.i - 1
    while at >= 0 and token.doc[at].tag_ in _PASSED_OVER:
        at -= 1
    if at < 0:
        return None
    if token.doc[at].text == ",":
        return _before_aside(token.doc, at)
    found = token.doc[at]
    if found.tag_ not in _NOUNS and found.lower_ not in _RELATIVES:
        return None
    own = _own_subject(token)
    if own is not None and own.left_edge.i <= at <= max(own.right_edge.i, own.i):
        return own
    if any(c.dep_ == "case" and c.i < found.i for c in found.children):
        return None
    return found


def _before_aside(doc: Doc, comma: int) -> Token | None:
    """The noun before an aside: "Laura Kent, a spokeswoman, said", "Mr. Kent, who was hurt, said".

    `comma` is the one before the verb.
    """
    at = comma - 1
    while at > 0 and doc[at].text != "," and comma - at < _LONGEST_ASIDE:
        at -= 1
    if at <= 0 or doc[at].text != "," or not doc[at - 1].tag_.startswith("NN"):
        return None
    opens = doc[at + 1].lower_ in _RELATIVES or doc[at + 1].tag_ in ("VBN", "VBG")
    if not opens and any(t.tag_ in _FINITE for t in doc[at:comma]):
        return None
    return doc[at - 1]


def _stretch_subject(token: Token) -> Token | None:
    """The first noun between the last mark and a finite verb: "a person familiar with it said"."""
    if token.tag_ not in _FINITE:
        return None
    doc, start = token.doc, token.i
    while start > 0 and doc[start - 1].is_alpha and doc[start - 1].tag_ not in _FINITE:
        start -= 1
    found: Token | None = None
    for other in doc[start : token.i]:
        if other.tag_ in _NOUNS:
            found = other
        elif found is not None or other.tag_ not in _PHRASE_STARTS:
            break
    return found


def antecedent_of(relative: Token) -> Token | None:
    """The noun that "who" or "which" stands for; None for other words."""
    if relative.lower_ not in _RELATIVES or relative.tag_ not in ("WP", "WDT"):
        return None
    clause = relative.head
    for _ in range(_MAX_STEPS):
        if clause.dep_ in ("acl:relcl", "acl", "advcl:relcl") or clause.head.i == clause.i:
            break
        clause = clause.head
    found = clause.head
    if found.tag_[:2] not in ("NN", "PR") or found.i > relative.i:
        before = [t for t in relative.doc[: relative.i] if t.tag_[:2] in ("NN", "PR")]
        found = before[-1] if before and relative.i - before[-1].i <= 3 else relative
    if found.dep_ == "appos" and found.head.tag_.startswith("NNP"):
        found = found.head
    return found if found.i != relative.i else None


def words_of(head: Token) -> tuple[int, int]:
    """First and last token (inclusive) of the words that name the source with this head."""
    if head.tag_ in ("NN", "NNS"):
        named = _apposed_name(head)
        if named is not None:
            return named
    if is_person(head):
        return _name_span(head)
    return _phrase_span(head)


def _apposed_name(head: Token) -> tuple[int, int] | None:
    """The name behind a role: "Its spokesman, Col. Didier Mbayo", "schoolteacher Maya Thapa,
    45"."""
    doc = head.doc
    at = _phrase_span(head)[1] + 1
    if at < len(doc) and doc[at].text == ",":
        at += 1
    first = at
    while at < len(doc) and (doc[at].lower_.rstrip(".") in titles() or doc[at].text == "."):
        at += 1
    titled = at > first
    first = at
    while at < len(doc) and (doc[at].tag_.startswith("NNP") or _is_inner_hyphen(doc, at)):
        at += 1
    if at - first < (1 if titled else 2) or doc[first].ent_type_ in ("ORG", "PLACE"):
        return None
    return first, at - 1


def _is_inner_hyphen(doc: Doc, at: int) -> bool:
    """Whether a hyphen joins two name words: the one of "Al-Fateh"."""
    if doc[at].text != "-" or at + 1 >= len(doc) or at == 0:
        return False
    return not doc[at].whitespace_ and not doc[at - 1].whitespace_


def is_person(token: Token) -> bool:
    """Whether a name is a person's: the parser's entity, or a title before it, says so."""
    if not token.tag_.startswith("NNP"):
        return False
    if token.ent_type_ == "PERSON":
        return True
    span = _name_bounds(token)
    return untitled([t.text for t in token.doc[span[0] : span[1] + 1]]) > 0


def _name_span(token: Token) -> tuple[int, int]:
    """The name without the titles before it."""
    first, last = _name_bounds(token)
    return first + untitled([t.text for t in token.doc[first : last + 1]]), last


def _name_bounds(token: Token) -> tuple[int, int]:
    """The run of name words around a name word, titles included."""
    first = last = token.i
    doc = token.doc
    while first > 0 and _belongs_to_name(doc[first - 1], token):
        first -= 1
    while last + 1 < len(doc) and _belongs_to_name(doc[last + 1], token):
        last += 1
    return first, last


def _belongs_to_name(other: Token, token: Token) -> bool:
    if not other.tag_.startswith("NNP") or other.dep_ in ("nmod:poss", "appos", "conj"):
        return False
    related = other.head.i == token.i or token.head.i == other.i
    return related and (other.dep_ in _NAME_LINKS or token.dep_ in _NAME_LINKS)


def _phrase_span(head: Token) -> tuple[int, int]:
    """The noun phrase without its article, clauses, appositions and conjuncts."""
    first = last = head.i
    for child in head.children:
        if child.dep_ in _LEFT_OUT:
            continue
        if child.i < head.i:
            if child.dep_ in ("det", "det:predet") and child.tag_ in ("DT", "PDT"):
                continue
            first = min(first, child.left_edge.i)
        elif child.dep_ != "amod":
            last = max(last, _phrase_span(child)[1])
    doc = head.doc
    while first < head.i and doc[first].tag_ in ("DT", "PDT", ",", "``"):
        first += 1
    return first, last
