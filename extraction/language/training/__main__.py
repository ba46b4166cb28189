"""The one command that reproduces the weights.

    python -m extraction.language.training --treebank DIR --output DIR [--steps N]

Belongs here: the command line, the order of the steps, and what is kept of the result. Does not
belong here: measuring the result (`accuracy`).
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import DocBin
from spacy.training.initialize import init_nlp
from spacy.training.loop import train
from spacy.util import load_config
from spacy.vocab import Vocab
from thinc.api import Config, NumpyOps, set_current_ops

from extraction.language import tokenizer  # noqa: F401  (registers itself)
from extraction.language.training import casing  # noqa: F401  (registers its augmenter)
from extraction.language.training.attributions import attributed
from extraction.language.training.places import place_words
from extraction.language.training.treebank import (
    TreebankSentence,
    read_sentences,
    to_doc,
    treebank_file,
)
from extraction.language.word_features import set_words, written

CONFIG = Path(__file__).parent / "config.cfg"
META = {
    "name": "dispatches",
    "version": "1.0.0",
    "description": "Tagger, dependency parser and names for English news; see CARD.md",
    "license": "CC BY-SA 4.0 (treebanks); see CARD.md",
}
LEAST_COUNT = 2
NEWS = "GUM_news"
ATTRIBUTED_SHARE = 0.3
SEED = 20261123


def main() -> None:
    """Train on the `train` part, choose the best step on the `dev` part, write it to the output."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as converted:
        paths = {part: Path(converted) / f"{part}.spacy" for part in ("train", "dev")}
        files = {part: treebank_file(arguments.treebank, part) for part in paths}
        save(augmented(read_sentences(files["train"])), paths["train"])
        save(read_sentences(files["dev"]), paths["dev"])
        overrides: dict[str, object] = {f"paths.{part}": str(p) for part, p in paths.items()}
        if arguments.steps:
            overrides["training.max_steps"] = arguments.steps
        set_current_ops(NumpyOps(use_blis=False))
        config = load_config(CONFIG, overrides=overrides, interpolate=True)
        nlp = init_nlp(config)
        words = vocabulary(files["train"])
        set_words(nlp.get_pipe("tok2vec").model, words, place_words())
        arguments.output.mkdir(parents=True, exist_ok=True)
        train(nlp, arguments.output)
    package(arguments.output / "model-best", arguments.output / "model")


def package(source: Path, target: Path) -> None:
    """The pipeline without what it does not need to run: training settings, rules, words."""
    nlp = spacy.load(source)
    labels = {label for name in nlp.pipe_names for label in nlp.pipe_labels.get(name, [])}
    actions = {part for label in labels for part in label.split("-", 1)}
    nlp.meta.update(META)
    nlp.to_disk(target, exclude=["tokenizer", "vocab"])
    config = {part: nlp.config[part] for part in ("nlp", "components")}
    Config(config).to_disk(target / "config.cfg")
    Vocab(strings=sorted(labels | actions)).to_disk(target / "vocab")


def vocabulary(source: Path) -> list[str]:
    """Words that have a representation of their own: those seen at least twice."""
    counts = Counter(written(word) for s in read_sentences(source) for word in s.words)
    return [word for word, count in counts.items() if count >= LEAST_COUNT]


def augmented(sentences: Iterable[TreebankSentence]) -> Iterator[TreebankSentence]:
    """News sentences twice, and some statements once more with a source ("…, officials said")."""
    chance = random.Random(SEED)  # noqa: S311  (reproducible, no secret)
    for sentence in sentences:
        yield sentence
        if sentence.document.startswith(NEWS):
            yield sentence
        if chance.random() < ATTRIBUTED_SHARE:
            copy = attributed(sentence, chance)
            if copy:
                yield copy


def save(sentences: Iterable[TreebankSentence], target: Path) -> None:
    """Write sentences as spaCy's binary corpus."""
    vocab = Vocab()
    bin_ = DocBin(attrs=["TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"], store_user_data=False)
    for sentence in sentences:
        bin_.add(to_doc(sentence, vocab))
    bin_.to_disk(target)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="extraction.language.training")
    parser.add_argument("--treebank", type=Path, required=True, help="folder of the CoNLL-U files")
    parser.add_argument("--output", type=Path, required=True, help="folder for the pipeline")
    parser.add_argument("--steps", type=int, help="number of updates, instead of the configured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
