"""The language layer as its callers see it: parses, offsets, lemmas and word classes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from extraction.language.lemmas import lemma
from extraction.language.pipeline import MAX_WORDS, MODEL, load_pipeline, parse
from extraction.language.tokenizer import read_rules, tokenizer
from extraction.language.word_classes import is_noun, word_class

SENTENCES = [
    "Government troops shelled the village on Tuesday.",
    "Two bridges were destroyed by the retreating army.",
    "The minister said rebels had released 14 hostages.",
    "No one was hurt, according to the police.",
    "REBELS KILL 12 SOLDIERS IN ATTACK ON ARMY BASE",
    "Short.",
    "The convoy, which was carrying food, never reached the town\nbecause the road  was mined.",
]
MEGABYTE = 1_000_000


def relations(doc: Doc) -> set[tuple[str, str, str]]:
    return {(token.text, token.dep_, token.head.text) for token in doc}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        pytest.param(SENTENCES[0], ("troops", "nsubj", "shelled"), id="subject"),
        pytest.param(SENTENCES[0], ("village", "obj", "shelled"), id="object"),
        pytest.param(SENTENCES[0], ("Tuesday", "obl", "shelled"), id="oblique"),
        pytest.param(SENTENCES[1], ("bridges", "nsubj:pass", "destroyed"), id="passive subject"),
        pytest.param(SENTENCES[1], ("army", "obl:agent", "destroyed"), id="passive agent"),
        pytest.param(SENTENCES[2], ("minister", "nsubj", "said"), id="subject of saying"),
        pytest.param(SENTENCES[2], ("released", "ccomp", "said"), id="what is said"),
        pytest.param(SENTENCES[2], ("14", "nummod", "hostages"), id="number of a noun"),
        pytest.param(SENTENCES[4], ("REBELS", "nsubj", "KILL"), id="subject in capitals"),
        pytest.param(SENTENCES[4], ("SOLDIERS", "obj", "KILL"), id="object in capitals"),
        pytest.param(SENTENCES[6], ("carrying", "acl:relcl", "convoy"), id="relative clause"),
        pytest.param(SENTENCES[6], ("road", "nsubj:pass", "mined"), id="across odd white space"),
    ],
)
def test_finds_the_relation(text: str, relation: tuple[str, str, str]) -> None:
    assert relation in relations(parse([text])[0])


def test_finds_names_of_places_and_persons() -> None:
    [doc] = parse(["The mayor, Anna Schmidt, flew from Berlin to Turkey."])
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Anna Schmidt", "PERSON"),
        ("Berlin", "PLACE"),
        ("Turkey", "PLACE"),
    ]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_parses_of_an_article_depend_on_it_alone(seed: int) -> None:
    """Whatever was parsed before it, in whatever order."""
    random_source = random.Random(seed)
    articles = [random_source.sample(SENTENCES, k) for k in range(1, len(SENTENCES))]
    alone = {i: [doc.to_json() for doc in parse(texts)] for i, texts in enumerate(articles)}
    for i in random_source.sample(range(len(articles)), len(articles)):
        assert [doc.to_json() for doc in parse(articles[i])] == alone[i]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" ", id="one space"),
        pytest.param("\n\t \r\n", id="only white space"),
        pytest.param("  Troops \n left\u00a0town .\u2028 ", id="white space of all kinds"),
        pytest.param('"' * 20_000, id="only quotes"),
        pytest.param("“”‘’«»'\"`" * 50, id="quotes of all kinds"),
        pytest.param("a" * 100_000, id="one long word"),
        pytest.param("soldiers and " * 8_000, id="one long line"),
        pytest.param("\U0001f600\U0001f1fa\U0001f1e6" * 300, id="emoji"),
        pytest.param("\x00\ufffd\u200b\ud7ff", id="control characters"),
        pytest.param("1,2." * 2_000, id="digits and marks"),
        pytest.param("http://a.b/" * 1_000, id="addresses without end"),
        pytest.param("e\u0301" * 3_000, id="combining marks"),
        pytest.param("مرحبا 你好 שלום", id="other scripts"),
        *SENTENCES,
    ],
)
def test_any_text_comes_back_whole(text: str) -> None:
    [doc] = parse([text])
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    assert all(token.tag_ and token.dep_ for token in doc)


def test_a_long_text_is_parsed_in_stretches_cut_after_a_mark() -> None:
    sentence = "The soldiers left the town and the people came back to it. "
    [doc] = parse([sentence * 40])
    [alone] = parse([sentence.strip()])
    assert len(doc) > 2 * MAX_WORDS
    assert [token.tag_ for token in doc][: len(alone)] == [token.tag_ for token in alone]
    assert all(abs(token.i - token.head.i) <= MAX_WORDS for token in doc)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-led anti-tank units", "U.S. - led anti-tank units"),
        ("a 10-year-old and/or both", "a 10 - year - old and / or both"),
        ("US$1.2bn or -$3-million", "US $ 1.2 bn or - $ 3 - million"),
        ("They DON'T; we won’t!!", "They DO N'T ; we wo n’t !!"),
        ("in mid-1990s (aged 8)", "in mid-1990s ( aged 8 )"),
        ("hed F-16s at 9:30am", "hed F - 16s at 9:30 am"),
        ("Lt. Gen. Roe, No. 2", "Lt. Gen. Roe , No. 2"),
        ('he said:"we will"', 'he said : " we will "'),
        ("10,000-12,000 men", "10,000 - 12,000 men"),
    ],
)
def test_tokens_are_the_treebanks(text: str, words: str) -> None:
    assert [t.text for t in tokenizer(spacy.blank("en").vocab)(text)] == words.split()


def test_a_malformed_rule_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "rules.tsv"
    path.write_text("# header\naffix\tanti\nnonsense\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"rules\.tsv:3"):
        read_rules(path)


@pytest.mark.parametrize(
    ("word", "tag", "expected"),
    [
        ("left", "VBD", "leave"),
        ("missiles", "NNS", "missile"),
        ("KILLED", "VBD", "kill"),
        ("n’t", "RB", "not"),
        ("'s", "VBZ", "be"),
        ("'s", "POS", "'s"),
        ("'d", "MD", "would"),
        ("Geneva", "NNP", "Geneva"),
        ("worse", "JJR", "bad"),
        ("zorbing", "VBG", "zorb"),
    ],
)
def test_lemma_follows_the_tag(word: str, tag: str, expected: str) -> None:
    assert lemma(Doc(spacy.blank("en").vocab, words=[word], tags=[tag])[0]) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("soldiers", "NNS"),
        ("Soldiers", "NNS"),
        ("killed", "VBN"),
        ("additional", "JJ"),
        ("quickly", "RB"),
        ("of", "IN"),
        ("the", "DT"),
        ("42", "CD"),
        ("howitzers", "NNS"),
        ("HOWITZERS", "NNS"),
        ("unwinnable", "JJ"),
        ("tank-busters", "NNS"),
        ("Zelinograd", "NNP"),
        ("NATO", "NNP"),
        (",", None),
        ("", None),
        ("-", None),
    ],
)
def test_word_class(word: str, expected: str | None) -> None:
    assert word_class(word) == expected


def test_a_common_noun_is_a_noun_and_a_participle_is_none() -> None:
    assert is_noun("tank")
    assert is_noun("tanks")
    assert not is_noun("wounded")


def test_another_pipeline_takes_the_place_of_the_bundled_one(tmp_path: Path) -> None:
    load_pipeline().to_disk(tmp_path / "other")
    [doc] = parse(SENTENCES[:1], load_pipeline(tmp_path / "other"))
    assert ("troops", "nsubj", "shelled") in relations(doc)


def test_a_pipeline_without_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ValueError, match="no tagger and no parser"):
        load_pipeline(tmp_path / "blank")


def test_a_missing_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        load_pipeline(tmp_path / "nowhere")


def test_the_weights_are_bundled_and_small() -> None:
    size = sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file())
    assert 1 * MEGABYTE < size <= 15 * MEGABYTE
