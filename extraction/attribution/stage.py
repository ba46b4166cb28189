"""The attributions of an article: cues, sources, contents, chains.

Belongs here: the order of the steps. Does not belong here: the steps' rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from extraction.article import Article
from extraction.attribution.chains import chain_of, claimant_of
from extraction.attribution.citing import hands_on
from extraction.attribution.content import Parts, content_of
from extraction.attribution.continuation import continue_speech
from extraction.attribution.counts import credited
from extraction.attribution.cues import Cue, find_cues
from extraction.attribution.documents import document_seen
from extraction.attribution.names import Roster
from extraction.attribution.quotes import Quotation, Quotations, quotations_of
from extraction.attribution.rivals import rivals_of
from extraction.attribution.sources import source_of
from extraction.attribution.speakers import Speech, speeches_of
from extraction.attribution.triggers import has_cue
from extraction.attribution.wording import is_nobody
from extraction.rows import Attribution, Claimant, Span
from extraction.sentences import Sentence


def find_attributions(article: Article) -> None:
    """Find every attribution in the parsed sentences, in the order of their contents."""
    speeches = speeches_of(article.text)
    quotations = quotations_of(article.text)
    spoken = [Quotation(*s.content) for s in speeches if s.is_transcript]
    if spoken:
        quotations = quotations.joined_with(spoken)
    roster = Roster(article)
    article.attributions += [_labelled(speech, article, roster) for speech in speeches]
    for sentence in article.sentences:
        doc = article.parses.get(sentence.index)
        if doc is None:
            continue
        cues = find_cues(sentence, doc, quotations) if has_cue(sentence) else []
        found = [_attribution(cue, sentence, article, quotations, roster) for cue in cues]
        found += [a for cue in cues for a in _rivals(cue, sentence, article, roster)]
        article.attributions += [a for a in found if a is not None]
        if not any(a is not None and a.chain for a in found):
            roster.notice(doc)
    continue_speech(article.text, quotations, article.attributions)
    article.attributions.sort(key=lambda a: (a.content.start, a.cue.start))


def _labelled(speech: Speech, article: Article, roster: Roster) -> Attribution:
    """The attribution of a line that begins with its speaker and a colon."""
    text = article.text
    content = _span(text, *speech.content)
    start, end = speech.label
    role = "document" if speech.is_document else "originator"
    name = roster.full_name(text[start:end])
    at = speech.colon
    claimant = Claimant(text[start:end], start, end, role, name, ":", at, at + 1)
    return Attribution(
        claimant, _span(text, at, at + 1), content, [claimant], parts=[_span(text, *speech.content)]
    )


def _attribution(
    cue: Cue, sentence: Sentence, article: Article, quotations: Quotations, roster: Roster
) -> Attribution | None:
    parts = content_of(cue, sentence, article, quotations)
    if not parts:
        return None
    source = source_of(cue)
    chain = chain_of(cue, source, sentence, roster)
    return Attribution(
        _named(chain, cue),
        Span(article.text[cue.start : cue.end], cue.start, cue.end),
        _span(article.text, parts[0][0], parts[-1][1]),
        chain,
        "does_not_know" if cue.is_withheld else cue.entry.stance,
        cue.entry.certainty,
        cue.is_claim and not is_nobody(source),
        _spans(article.text, parts),
    )


def _rivals(
    cue: Cue, sentence: Sentence, article: Article, roster: Roster
) -> Iterator[Attribution]:
    """The claims of further sources behind the same verb, each about its own number."""
    doc = cue.token.doc
    for rival in rivals_of(cue.token)[1:] if cue.kind == "verb" and cue.is_claim else ():
        if rival.source is None:
            continue
        claimant = claimant_of(cue, rival.source, sentence, roster)
        first, last = doc[rival.number[0]], doc[rival.number[1] - 1]
        start, end = sentence.start + first.idx, sentence.start + last.idx + len(last.text)
        said = _span(article.text, start, end)
        if claimant.start < start < claimant.end:  # parsed as one phrase with its number
            claimant.end = sentence.start + rival.source.idx + len(rival.source.text)
            claimant.text = article.text[claimant.start : claimant.end]
        yield Attribution(
            claimant,
            Span(article.text[cue.start : cue.end], cue.start, cue.end),
            said,
            [claimant],
            cue.entry.stance,
            cue.entry.certainty,
            cue.is_claim,
            [said],
        )


def _named(chain: list[Claimant], cue: Cue) -> Claimant | None:
    """The claimant whose cue it is: who cites, not what is cited."""
    if not chain:
        return None
    paper = document_seen(cue.token)
    if paper is not None:
        before = (c for c in chain if c.start < cue.start + paper.idx - cue.token.idx)
        return next(before, chain[0])
    is_second = hands_on(cue) or (cue.is_claim and credited(cue.token) is not None)
    return chain[1] if is_second and len(chain) > 1 else chain[0]


def _span(text: str, start: int, end: int) -> Span:
    return Span(text[start:end], start, end)


def _spans(text: str, parts: Parts) -> list[Span]:
    return [_span(text, start, end) for start, end in parts]
