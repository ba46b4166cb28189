"""What a quantity counts: the noun phrase, its head, the denominator.

Belongs here: the order in which noun phrases are asked, and their heads. Does not belong here:
the phrase behind a number (`counted_behind`) or named before it (`counted_before`), how a noun
phrase is read (`noun_phrase`), what a sum is about (`concept`), rates (`per`).
"""

from __future__ import annotations

from extraction.language.lemmas import lemma_of
from extraction.numbers.concept import find_concept
from extraction.numbers.counted_before import phrase_named_before
from extraction.numbers.counted_behind import phrase_behind
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import (
    Phrase,
    is_model_plural,
    is_plural,
)
from extraction.numbers.per import find_per
from extraction.numbers.surroundings import Surroundings


def find_counted(view: Surroundings, quantities: list[Quantity]) -> None:
    """Set `counted`, `counted_head`, `per` and `concept` of the quantities of one sentence.

    `quantities` are in text order. A quantity in a unit counts nothing by itself; its `concept`
    tells what it is about. Null where the text names nothing: "killed 12 and wounded 30".
    """
    for quantity in reversed(quantities):
        _set(view, quantity, phrase_behind(view, quantity, quantities))
    for position, quantity in enumerate(quantities):
        if quantity.counted is None and quantity.unit == "count":
            _set(view, quantity, phrase_named_before(view, quantity, quantities, position))
    for position, quantity in enumerate(quantities):
        if quantity.counted is None:
            find_concept(view, quantity, quantities[position - 1] if position else None)
        find_per(view, quantity, quantities)


def _set(view: Surroundings, quantity: Quantity, phrase: Phrase | None) -> None:
    if phrase is None:
        return
    quantity.counted = (phrase.first, phrase.last)
    quantity.counted_head = head_lemma(view, phrase.head)


def head_lemma(view: Surroundings, head: int) -> str:
    """The singular of a head noun; a name keeps its capital: "Cambodian"."""
    if is_model_plural(view, head):
        first = head - 1
        while view.glued(first):
            first -= 1
        return "".join(view.text(at) for at in range(first, head))
    word = view.word(head)
    lemma = lemma_of(word, "NNS" if is_plural(view, head) else "NN")
    named = view.capital(head) and view.tag(head) == "NNP" and not view.opens(head)
    return lemma[:1].upper() + lemma[1:] if named else lemma
