"""How the treebank is read for training: file format, names, casing copies."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab

from extraction.language.training.attributions import attributed
from extraction.language.training.casing import casing_copies
from extraction.language.training.frames import phrases
from extraction.language.training.lexicon import count_tags, endings, lexicon
from extraction.language.training.named_entities import Tree, mentions, named_spans
from extraction.language.training.treebank import (
    TreebankSentence,
    read_sentences,
    to_doc,
    treebank_file,
)
from extraction.language.word_features import readings, set_words, shape, word_embed, written

ROWS = """\
1\tAnna\tAnna\tPROPN\tNNP\t_\t2\tnsubj\t_\tEntity=(1-person-new)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t0\troot\t_\t_
3\tn't\tnot\tPART\tRB\t_\t2\tadvmod\t_\t_
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_
4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
"""
CONLLU = f"# newdoc id = GUM_news_own\n{ROWS}\n# newdoc id = weblog-own\n{ROWS}"


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    (tmp_path / "train.conllu").write_text(CONLLU, encoding="utf-8")
    return tmp_path


def test_words_spacing_and_heads_are_read(treebank: Path) -> None:
    first, second = read_sentences(treebank_file(treebank, "train"))
    assert first.words == ["Anna", "did", "n't", "."]
    assert first.text == "Anna didn't ."
    assert first.heads == [1, 1, 1, 1]
    assert first.deps == ["nsubj", "ROOT", "advmod", "punct"]
    assert (first.document, second.document) == ("GUM_news_own", "weblog-own")


def test_entities_are_missing_where_nobody_annotated_them(treebank: Path) -> None:
    gum, other = (to_doc(s, Vocab()) for s in read_sentences(treebank_file(treebank, "train")))
    assert [(e.text, e.label_) for e in gum.ents] == [("Anna", "PERSON")]
    assert gum.has_annotation("ENT_IOB")
    assert not other.has_annotation("ENT_IOB")


def test_a_missing_part_names_the_files_looked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"dev\.conllu\.xz"):
        treebank_file(tmp_path, "dev")


@pytest.mark.parametrize(
    ("misc", "found"),
    [
        (["Entity=(1-person-new)"], [(0, 1, "person")]),
        (["Entity=(1-place-new", "_", "SpaceAfter=No|Entity=1)"], [(0, 3, "place")]),
        (["Entity=(1-person-new(2-place-giv)", "Entity=1)"], [(0, 1, "place"), (0, 2, "person")]),
        (["Entity=(1-person-new", "_"], []),
        (["Entity=3)"], []),
        (["_"], []),
    ],
    ids=["one word", "three words", "nested", "never closed", "never opened", "none"],
)
def test_mentions(misc: list[str], found: list[tuple[int, int, str]]) -> None:
    assert mentions(misc) == found


@pytest.mark.parametrize(
    ("words", "tags", "heads", "deps", "kind", "name"),
    [
        ("the old Bank of Examplia", "DT JJ NNP IN NNP", [2, 2, 2, 4, 2],
         "det amod ROOT case nmod", "organization", "Bank of Examplia"),
        ("President Jane Roe", "NNP NNP NNP", [1, 1, 1],
         "nmod:desc ROOT flat", "person", "Jane Roe"),
        ("our town", "PRP$ NN", [1, 1], "nmod:poss ROOT", "place", None),
        ("the Examplians", "DT NNPS", [1, 1], "det ROOT", "person", None),
        ("Paris in May", "NNP IN NNP", [0, 2, 0], "ROOT case nmod", "place", "Paris"),
        ("the May treaty", "DT NNP NN", [2, 2, 2], "det compound ROOT", "event", None),
    ],
    ids=["with of", "without the title", "no name", "a people", "name and time", "other kind"],
)  # fmt: skip
def test_the_name_in_a_mention(
    words: str, tags: str, heads: list[int], deps: str, kind: str, name: str | None
) -> None:
    tree = Tree(words.split(), tags.split(), heads, deps.split())
    misc = [f"Entity=(1-{kind}-new", *["_"] * (len(heads) - 2), "Entity=1)"]
    found = [" ".join(tree.words[start:end]) for start, end, _ in named_spans(tree, misc)]
    assert found == ([name] if name else [])


def test_casing_copies_keep_the_annotation(treebank: Path) -> None:
    nlp = spacy.blank("en")
    sentence = next(iter(read_sentences(treebank_file(treebank, "train"))))
    reference = to_doc(sentence, nlp.vocab)
    example = Example(nlp.make_doc(reference.text), reference)
    copies = list(casing_copies(1.0, 1.0, 1.0, seed=0)(nlp, example))
    assert [copy.reference.text.strip() for copy in copies] == [
        "Anna didn't .",
        "anna didn't .",
        "ANNA DIDN'T .",
        "Anna didn't .",
    ]
    assert all([t.dep_ for t in copy.reference] == sentence.deps for copy in copies)
    assert all(copy.reference.ents[0].label_ == "PERSON" for copy in copies)


def test_the_lexicon_leaves_out_names(tmp_path: Path) -> None:
    (tmp_path / "train.conllu").write_text(CONLLU, encoding="utf-8")
    counts = count_tags(treebank_file(tmp_path, "train"), len)
    assert list(lexicon(counts)) == [("did", "VBD", 1.0, 2), ("n't", "RB", 1.0, 2)]
    assert list(endings(counts)) == []


def test_what_the_network_sees_of_a_word() -> None:
    assert written("F-16s") == "f-00s"
    assert shape("Kharkiv") == "Xxxxx"
    assert shape("1,200") == "d,ddd"
    assert readings("strikes") == "NOUN VERB"
    assert readings("qqqq") == ""


def test_the_embedding_wants_a_table_size_per_feature() -> None:
    with pytest.raises(ValueError, match="6 table sizes, not 2"):
        word_embed(8, 8, [10, 10])


def test_unknown_words_share_one_value_and_keep_their_form() -> None:
    model = word_embed(8, 4, [50] * 6)
    set_words(model, ["tanks"], ["paris"])
    docs = [Doc(Vocab(), words=words.split()) for words in ("tanks yanks", "banks", "tanks")]
    model.initialize(X=docs)
    pair, unknown, known = model.predict(docs)
    assert pair.shape == (2, 8)
    assert (pair[0] == known[0]).all()
    assert not (pair[1] == unknown[0]).all()
    embedded = model.layers[0].predict(docs)
    assert embedded[0][1][0] == embedded[1][0][0] != embedded[2][0][0]


STATEMENT = TreebankSentence(
    "own",
    ["The", "harbour", "was", "closed", "today", "."],
    [True, True, True, True, False, True],
    ["DT", "NN", "VBD", "VBN", "RB", "."],
    [1, 3, 3, 3, 3, 3],
    ["det", "nsubj", "aux", "ROOT", "advmod", "punct"],
    ["_"] * 6,
)


@pytest.mark.parametrize("seed", range(12))
def test_an_attributed_copy_is_one_tree_around_the_statement(seed: int) -> None:
    copy = attributed(STATEMENT, random.Random(seed))
    assert copy is not None
    doc = to_doc(copy, Vocab())
    assert [t.dep_ for t in doc if t.head == t] == ["ROOT"]
    closed = next(token for token in doc if token.text == "closed")
    if closed.dep_ == "ccomp":
        assert "nsubj" in {child.dep_ for child in closed.head.children}
    else:
        assert "obl" in {child.dep_ for child in closed.children}
    assert copy.text.endswith(".")
    assert copy.text[:1] in '"“' or copy.text[:1].isupper()
    assert " ," not in copy.text


def test_only_plain_statements_are_attributed() -> None:
    question = TreebankSentence(**{**vars(STATEMENT), "words": [*STATEMENT.words[:-1], "?"]})
    assert attributed(question, random.Random(0)) is None


def test_a_malformed_frame_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "frames.tsv"
    path.write_text("source\ta/DT/det/2 man/NN/head/0\nsource\ta/DT/det/2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"frames\.tsv:2"):
        phrases(path)
