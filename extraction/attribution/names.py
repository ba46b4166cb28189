"""Who a claimant is: pronouns, surnames and definite phrases traced to the article's own mentions.

Belongs here: the memory of claimants named so far, and looking a later mention up in it. Does not
belong here: identities from outside the article; what is not safe stays unresolved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Doc, Token

from extraction.article import Article
from extraction.attribution.lexicon import claimant_words
from extraction.attribution.wording import is_nobody, is_person, titles, untitled, words_of
from extraction.rows import Claimant
from extraction.vocabulary import load_table

_PERSON_PRONOUNS = frozenset(("he", "she", "him", "her"))
_GROUP_PRONOUNS = frozenset(("they", "them", "their"))
_THING_PRONOUNS = frozenset(("it", "its"))
_SILENT = frozenset(
    (
        "i",
        "we",
        "you",
        "me",
        "us",
        "who",
        "which",
        "that",
        "this",
        "those",
        "one",
        "some",
        "many",
        "others",
    )
)


@dataclass(slots=True)
class Roster:
    """The claimants of one article so far, and the full names seen in it."""

    article: Article
    text: str = ""
    place_names: frozenset[str] = frozenset()
    persons: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    sexes: dict[str, str] = field(default_factory=dict)
    """Person → `f` or `m`, where a pronoun or a word like "spokeswoman" has told it."""
    full_names: dict[str, list[str]] = field(default_factory=dict)
    """Last word of a person's name → full names, in the order of the text."""

    def __post_init__(self) -> None:
        self.text = self.article.text
        self.place_names = frozenset(place.text for place in self.article.places)
        for index in sorted(self.article.parses):
            for entity in self.article.parses[index].ents:
                if entity.label_ == "PERSON" and len(entity) > 1:
                    self._learn(entity.text)

    def _learn(self, name: str) -> None:
        known = self.full_names.setdefault(name.split()[-1], [])
        if name not in known:
            known.append(name)

    def resolve(self, claimant: Claimant, head: Token) -> str | None:
        """The name behind the claimant's words; None where the words are the name, or nobody
        knows."""
        word = claimant.text.lower()
        if word in _SILENT:
            return None
        if word in _PERSON_PRONOUNS:
            return self._person_for(word)
        if word in _GROUP_PRONOUNS:
            return self.groups[-1] if self.groups else None
        if word in _THING_PRONOUNS:
            return self.bodies[-1] if self.bodies else None
        name = self._longer_name(claimant, head)
        if claimant.role != "conveyor" and not is_nobody(head):
            self._remember(name or claimant.text, head, claimant)
        return name

    def _person_for(self, pronoun: str) -> str | None:
        """The person last named whose sex, where the article tells it, is the pronoun's."""
        sex = "f" if pronoun in ("she", "her") else "m"
        for name in reversed(self.persons):
            if self.sexes.get(name, sex) == sex:
                self.sexes[name] = sex
                return name
        return None

    def full_name(self, label: str) -> str | None:
        """The one full name in the article that ends with the label's last word, if it is
        longer."""
        last = label.split()[-1].casefold()
        known = {
            _bare_name(name)
            for key, names in self.full_names.items()
            if key.casefold() == last
            for name in names
        }
        longer = [name for name in known if name.casefold() != label.casefold()]
        return longer[0] if len(known) == 1 and longer else None

    def _longer_name(self, claimant: Claimant, head: Token) -> str | None:
        if claimant.text[:1].isupper() and head.tag_.startswith("NNP") and " " not in claimant.text:
            known = self.full_names.get(claimant.text, [])
            found = {_bare_name(name) for name in known} - {claimant.text}
            return found.pop() if len(found) == 1 else None
        if " " in claimant.text or not head.tag_.startswith("NN"):
            return None
        ending = " " + claimant.text.lower()
        for earlier in reversed(self.bodies + self.groups + self.persons):
            if earlier.lower().endswith(ending):
                return earlier
        return None

    def _remember(self, name: str, head: Token, claimant: Claimant) -> None:
        is_place = name in self.place_names
        if (is_person(head) and not is_place) or (
            head.tag_ == "NNP" and " " in name and not _names_body(head)
        ):
            self._learn(name)
            self._put(self.persons, name)
            sex = _sex_told(head)
            if sex:
                self.sexes[name] = sex
        elif head.tag_ == "NN" and is_office(head):
            self._put(self.persons, name)
            sex = _sex_told(head)
            if sex:
                self.sexes[name] = sex
        elif head.lower_ in claimant_words("collective"):
            self._put(self.groups, name)
            self._put(self.bodies, name)
        elif head.tag_ == "NNS" and claimant.role == "document":
            return
        elif head.tag_ in ("NNS", "NNPS"):
            self._put(self.groups, name)
        elif head.tag_.startswith("NN"):
            self._put(self.bodies, name)

    def notice(self, doc: Doc) -> None:
        """Remember whom a sentence without a claimant is about, a person or a body: its first
        subject."""
        subject = next((t for t in doc if t.dep_ == "nsubj" and t.head.dep_ == "ROOT"), None)
        if subject is None:
            return
        first, last = words_of(subject)
        name = doc[first : last + 1].text
        if not (is_person(subject) or is_office(subject)):
            if subject.tag_ == "NN" and subject.lower_ in _body_words():
                self._put(self.bodies, name)
            return
        if subject.tag_ in ("NN", "NNP") and name not in self.place_names:
            self._put(self.persons, self._whole(name))

    def _whole(self, name: str) -> str:
        known = {_bare_name(full) for full in self.full_names.get(name, [])} - {name}
        return known.pop() if len(known) == 1 else name

    @staticmethod
    def _put(names: list[str], name: str) -> None:
        if name in names:
            names.remove(name)
        names.append(name)


def is_office(head: Token) -> bool:
    """Whether a common noun names one person by office or occupation: "chairman", "engineer"."""
    word = head.lower_
    return titles().get(word) == "title" or word in claimant_words("person")


@cache
def _body_words() -> frozenset[str]:
    return frozenset(row["lemma"] for row in load_table("roles", ("lemma", "sector")))


def _sex_told(head: Token) -> str | None:
    """The sex that a word beside the name tells: "Mrs", "spokeswoman", "councilman"."""
    for token in head.doc[max(0, head.i - 4) : head.i + 4]:
        word = token.lower_
        if word in ("mrs", "mrs.", "ms", "ms.", "she", "her") or word.endswith("woman"):
            return "f"
        if word in ("mr", "mr.", "he", "his") or (word.endswith("man") and len(word) > 5):
            return "m"
    return None


def _names_body(head: Token) -> bool:
    """Whether a name is that of an institution: "Defense Ministry"."""
    return head.ent_type_ in ("ORG", "PLACE") or head.lower_ in _body_words()


def _bare_name(name: str) -> str:
    words = name.split()
    return " ".join(words[untitled(words) :])
