"""The quick ways through the network give what spaCy's own give, whatever was read before."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extraction.language import known_words
from extraction.language.encoder import Encoder, encoder_of
from extraction.language.pipeline import load_pipeline, parse

SENTENCES = [
    "Divers searched the harbour for a second day, the coast guard said.",
    "Floods!",
    "The governor, who had promised new dams, told reporters that 40 villages were cut off.",
    "STRIKE AT THREE PORTS ENDS AFTER TALKS IN OSLO",
    "Neither side gave way; both blamed the other.",
]
OTHERS = ["Harvests fell by a third in the valley.", "Her reply came in March."]


def documents(nlp: Language, sentences: list[str]) -> list[Doc]:
    return [nlp.make_doc(sentence) for sentence in sentences]


def fresh_encoder() -> Encoder:
    return Encoder(load_pipeline().get_pipe("tok2vec").model)  # type: ignore[attr-defined]


@pytest.mark.parametrize("count", [1, 2, len(SENTENCES)])
def test_the_vectors_are_those_of_the_trained_layers(count: int) -> None:
    docs = documents(load_pipeline(), SENTENCES[:count])
    expected = load_pipeline().get_pipe("tok2vec").predict(docs)  # type: ignore[attr-defined]
    for found, own in zip(fresh_encoder()(docs), expected, strict=True):
        assert found.shape == own.shape
        np.testing.assert_allclose(found, own, atol=1e-4)


def test_the_vectors_have_the_same_bits_whatever_was_read_before() -> None:
    nlp = load_pipeline()
    alone, warm = fresh_encoder(), fresh_encoder()
    warm(documents(nlp, OTHERS + SENTENCES[::-1]))
    docs = documents(nlp, SENTENCES)
    for found, own in zip(warm(docs), alone(docs), strict=True):
        assert (found == own).all()


def test_words_are_forgotten_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp = load_pipeline()
    alone, narrow = fresh_encoder(), fresh_encoder()
    monkeypatch.setattr(known_words, "LIMIT", 3)
    docs = documents(nlp, SENTENCES)
    for _ in range(2):
        narrow(documents(nlp, OTHERS))
        assert all((a == b).all() for a, b in zip(narrow(docs), alone(docs), strict=True))


def test_more_words_than_room_keep_their_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_words, "ROOM", 20)
    nlp = load_pipeline()
    encoder = fresh_encoder()
    [before] = encoder(documents(nlp, SENTENCES[:1]))
    encoder([Doc(nlp.vocab, words=[f"word{n}" for n in range(50)])])
    [after] = encoder(documents(nlp, SENTENCES[:1]))
    assert (before == after).all()


def test_the_parses_are_those_of_spacys_own_loop() -> None:
    nlp = load_pipeline()
    expected = list(nlp.pipe(documents(nlp, SENTENCES)))
    assert [doc.to_json() for doc in parse(SENTENCES)] == [doc.to_json() for doc in expected]


def test_a_pipeline_with_another_component_runs_as_spacy_runs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nlp = load_pipeline()
    monkeypatch.setattr(nlp, "_components", [*nlp._components, ("marker", marked)])
    assert all(doc.user_data["marked"] for doc in parse(SENTENCES, nlp))


def marked(doc: Doc) -> Doc:
    doc.user_data["marked"] = True
    return doc


def test_only_the_bundled_shape_has_an_encoder() -> None:
    nlp = load_pipeline()
    assert encoder_of(nlp.get_pipe("tok2vec")) is encoder_of(nlp.get_pipe("tok2vec"))
    assert encoder_of(nlp.get_pipe("tagger")) is None
    assert encoder_of(Language().add_pipe("tok2vec")) is None
