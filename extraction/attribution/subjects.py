"""The subject of a verb of saying, also where the parser has lost it.

Belongs here: from a verb to the head of its subject: its own, the noun beside it, its governor's;
and from "who" to its noun. Does not belong here: sources that are no subjects (`sources`).
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from extraction.attribution.coordination import is_parted, last_group, outer_sayer

_SUBJECTS = frozenset(("nsubj", "nsubj:outer", "csubj"))
_PASSED_ON = frozenset(("conj", "xcomp", "advcl", "ccomp", "parataxis", "dep"))
"""Relations through which a verb without a subject of its own takes that of its governor."""
_RELATIVES = frozenset(("who", "which", "that", "whom"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP", "CD"))
_SPEAKING = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
_MUTE = frozenset(("CD", "VBD", "VBZ", "VBP"))
"""A number or a verb does not speak; the noun beside the verb of saying does."""
_PHRASE_STARTS = frozenset(("DT", "PRP$", "PRP", "NNP", "NNPS", "NN", "NNS", "CD", "JJ", "VBN"))
_JOINTS = frozenset(("'s", "’s", "'", "’", "of", "for", "at", "in", "from"))
"""What joins the words of one phrase: "the governor's office", "the head of the agency"."""
_PASSED_OVER = frozenset(("RB", "MD", "VBD", "VBZ", "VBP", "VBN"))
_INSIDE = frozenset(("det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "flat", "case"))
_AFTER_PLACES = frozenset(("alone", "proper", "itself"))
"""Words that close a phrase of place, which the parser takes for prepositions of the next noun."""
_QUOTE_ENDS = frozenset(("”", "''", '"'))
_SPEECH_ENDS = frozenset(("”", "''", '"', ",", "’"))
_AFTER_INVERSION = frozenset((",", ".", ":", "IN", "WP", "WDT", "-LRB-", "CC", "HYPH"))
_LONGEST_ASIDE = 16
_MAX_PHRASE = 8
_MAX_STEPS = 6


def subject_of(token: Token) -> Token | None:
    """The subject of a verb or predicate, its governor's where it has none of its own."""
    found = _subject_of(token)
    return None if found is None else last_group(found)


def _subject_of(token: Token) -> Token | None:
    outer = outer_sayer(token)
    if outer is not None:
        return subject_of(outer)
    own = _own_subject(token)
    if own is not None and (_crosses_quotation(own, token) or _crosses_comma(own, token)):
        own = None
    if own is not None and own.tag_ in _MUTE and token.i and token.nbor(-1).tag_ in _SPEAKING:
        return token.nbor(-1)
    aside = token.i > 0 and token.nbor(-1).text == ","
    if own is not None and (own.i < token.i or aside or _left_neighbour(token) is None):
        return own
    beside = (aside and _left_neighbour(token)) or _inverted_subject(token)
    beside = beside or _left_neighbour(token)
    return beside or own or _inherited_subject(token) or _stretch_subject(token)


def _crosses_quotation(subject: Token, verb: Token) -> bool:
    """Whether direct speech ends between the two: its subject is not the speaker."""
    return any(t.text in _QUOTE_ENDS for t in verb.doc[subject.i : verb.i])


def _crosses_comma(subject: Token, verb: Token) -> bool:
    """Whether ", officials warned" stands between: the noun right before the verb is its
    subject."""
    doc, at = verb.doc, verb.i - 1
    if verb.tag_ not in _FINITE or at <= subject.i or doc[at].tag_ not in _NOUNS:
        return False
    while at > subject.i and (doc[at].tag_ in _PHRASE_STARTS or doc[at].lower_ in _JOINTS):
        at -= 1
    return bool(at > subject.i and doc[at].text == ",")


def _own_subject(token: Token) -> Token | None:
    own = (c for c in token.children if c.dep_ in _SUBJECTS)
    return next((c for c in own if not is_parted(c, token)), None)


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
    if own is not None and _crosses_comma(own, token):
        return _head_after_comma(found)
    if own is not None and own.left_edge.i <= at <= max(own.right_edge.i, own.i):
        return own
    cases = (c for c in found.children if c.dep_ == "case" and c.i < found.i)
    return None if any(c.lower_ not in _AFTER_PLACES for c in cases) else found


def _head_after_comma(noun: Token) -> Token:
    """ ", the head of the agency": the head of a phrase that begins after the last comma."""
    while noun.dep_ == "nmod" and noun.head.i < noun.i and noun.head.tag_ in _SPEAKING:
        if any(t.text == "," for t in noun.doc[noun.head.i : noun.i]):
            break
        noun = noun.head
    return noun


def _before_aside(doc: Doc, comma: int) -> Token | None:
    """The noun before an aside: "Laura Kent, a spokeswoman, said", "Mr. Kent, who was hurt, said".

    `comma` is the one before the verb.
    """
    at = comma - 1
    while at > 0 and doc[at].text != "," and comma - at < _LONGEST_ASIDE:
        at -= 1
    if at <= 0 or doc[at].text != "," or not doc[at - 1].tag_.startswith("NN"):
        return None
    if doc[at + 1].tag_ in ("CC", "IN", "TO"):
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
    while start > 0 and doc[start - 1].is_alpha:
        if doc[start - 1].tag_ in _FINITE and not _is_reduced(doc[start - 1]):
            break
        start -= 1
    found: Token | None = None
    for other in doc[start : token.i]:
        if other.tag_ in _NOUNS:
            found = other
        elif found is not None or other.tag_ not in _PHRASE_STARTS:
            break
    return found


def _is_reduced(token: Token) -> bool:
    """Whether a past form is a participle after all: "an official briefed on the talks said"."""
    if token.tag_ != "VBD" or token.i == 0 or token.nbor(-1).tag_ not in _NOUNS:
        return False
    return bool(token.lower_.endswith("ed") and token.nbor(1).tag_ in ("IN", "TO"))


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


def colon_before(pronoun: Token) -> int | None:
    """Position of the colon between "they" and the subject it stands for; None where none is.

    "Officials gave a number: 40 crates, they said, had burned": what follows a colon is still the
    subject's.
    """
    if pronoun.lower_ != "they":
        return None
    colon = next((t.i for t in reversed(pronoun.doc[: pronoun.i]) if t.text == ":"), 0)
    return colon if colon and subject_before_colon(pronoun, colon) is not None else None


def subject_before_colon(pronoun: Token, colon: int) -> Token | None:
    """The plural subject before a colon that "they" after it stands for."""
    for token in pronoun.doc[:colon]:
        if token.dep_ == "nsubj" and token.tag_ in ("NNS", "NNPS") and token.head.i < colon:
            return token
    return None
