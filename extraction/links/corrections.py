"""A number that replaces one of the sentence before: "It was 39, not 93".

Belongs here: the noun that such a number counts. Does not belong here: whether the old number
still holds (`modality`).
"""

from __future__ import annotations

from extraction.article import Article
from extraction.numbers.counted import head_lemma
from extraction.numbers.harm_words import cues
from extraction.numbers.noun_phrase import Phrase, counting_words, is_plural, phrase_at
from extraction.numbers.surroundings import Surroundings
from extraction.rows import Figure
from extraction.sentences import Sentence

_OPENERS = frozenset(("it", "that", "this"))
_BE = frozenset(("was", "is", "should", "were"))
_NUMBER_NAMES = frozenset(("number", "figure", "count", "total", "toll"))
_COUNTING, _PARTITIVE = counting_words("counting"), counting_words("partitive")


def fill_corrections(article: Article) -> None:
    """Give figures of "It was 39, not 93" the noun of "the number of …" one sentence before."""
    for figure in article.figures:
        bare = figure.counted is None and figure.unit == "count" and figure.sentence > 0
        if bare and _opens_with_pronoun(article.sentences[figure.sentence], figure):
            _fill(article, figure)


def _opens_with_pronoun(sentence: Sentence, figure: Figure) -> bool:
    """Whether "It was" or "The correct number is" leads straight to the figure."""
    words = [token.lower for token in sentence.tokens if token.start < figure.start]
    if len(words) > 8 or not words:
        return False
    by_pronoun = words[0] in _OPENERS and len(words) > 1 and words[1] in _BE
    return by_pronoun or (words[0] == "the" and any(word in _NUMBER_NAMES for word in words[1:4]))


def _fill(article: Article, figure: Figure) -> None:
    before = article.sentences[figure.sentence - 1]
    view = Surroundings(before, [])
    phrase = _named_count(view)
    if phrase is None:
        return
    start, end = view.tokens[phrase.first].start, view.tokens[phrase.last - 1].end
    figure.counted, figure.counted_start, figure.counted_end = article.text[start:end], start, end
    figure.counted_head = head_lemma(view, phrase.head)
    for at in range(phrase.first, phrase.last + 1):
        cue = cues().get(view.word(at))
        if cue is not None and cue.roles & {"post", "noun"}:
            figure.measure = cue.measure


def _named_count(view: Surroundings) -> Phrase | None:
    """The plural behind "the number of"."""
    for at in range(len(view.tokens) - 2):
        if view.word(at) in _COUNTING and view.word(at + 1) == "of":
            first = at + 2
            while view.word(first) in _PARTITIVE:
                first += 1
            phrase = phrase_at(view, first)
            if phrase is not None and is_plural(view, phrase.head):
                return phrase
    return None
