"""Attribution: whose words they are, which words, and what the source does with them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.article import Article
from extraction.attribution import attribution_at, claimants_at, find_attributions, has_cue
from extraction.attribution.names import claimant_words
from extraction.attribution.quotes import quotations_of
from extraction.attribution.wording import untitled
from extraction.language.pipeline import parse
from extraction.rows import ATTRIBUTION_ROLES, CERTAINTIES, STANCES
from extraction.sentences import split_sentences
from extraction.vocabulary import load_table


def read(text: str) -> Article:
    article = Article.read(text)
    docs = parse([sentence.text for sentence in article.sentences])
    article.parses = dict(enumerate(docs))
    find_attributions(article)
    return article


def claimants(text: str, words: str) -> list[str]:
    """Names (else texts) of those who claim the place where `words` stand."""
    article = read(text)
    start = text.index(words)
    return [c.name or c.text for c in claimants_at(article, start, start + len(words))]


CLAIMED = [
    ("an indirect quotation with that", "The mayor said that 40 houses burned.", "40", ["mayor"]),
    (
        "an indirect quotation without that",
        "Officials said the bridge was closed.",
        "closed",
        ["Officials"],
    ),
    (
        "a cue at the end",
        "Rebels seized two villages on Friday, residents said.",
        "seized",
        ["residents"],
    ),
    (
        "a cue at the end with the way of saying",
        "Rebels seized two villages, villagers said over the phone.",
        "two",
        ["villagers"],
    ),
    (
        "a source told of something, at the end",
        "The rebels turned the truce down, an official briefed on the talks said.",
        "turned",
        ["official"],
    ),
    (
        "sources told of something who tell an outlet",
        "The minister resigned, aides informed of the decision told Reuters.",
        "resigned",
        ["aides", "Reuters"],
    ),
    (
        "a document's clause that the parser gives to another noun",
        "The agency launched an investigation into reports that soldiers had tortured detainees.",
        "tortured",
        ["reports"],
    ),
    (
        "a charge that is denied: its own claim",
        "The opposition accused the army of shelling villages, an allegation the army rejected.",
        "shelling",
        ["opposition"],
    ),
    (
        "a charge that is denied: not the charging of it",
        "Aid groups accuse the junta of blocking food, a charge it denies.",
        "accuse",
        [],
    ),
    (
        "a number put at something, of a number of people",
        "The ministry put the number of wounded at 120.",
        "120",
        ["ministry"],
    ),
    (
        "a second claim after while",
        "Officials said 40 people died, while residents put the toll at 70.",
        "70",
        ["residents"],
    ),
    (
        "a second claim after but",
        "Officials said 40 people died, but residents said at least 70 were killed.",
        "70",
        ["residents"],
    ),
    (
        "a second claim after although",
        "The army said it killed 20 militants although villagers said five civilians died.",
        "five",
        ["villagers"],
    ),
    (
        "a second claim after and",
        "Police said 5,000 marched and organisers said 20,000 did.",
        "20,000",
        ["organisers"],
    ),
    (
        "a second claim that is a number alone",
        "Police said 5,000 marched; organisers said 20,000.",
        "20,000",
        ["organisers"],
    ),
    (
        "while in one claim",
        "The minister said 40 people died while they slept.",
        "slept",
        ["minister"],
    ),
    (
        "a cue after several clauses",
        "Shells hit a market, killing nine people and wounding 20, the governor said on Friday.",
        "20",
        ["governor"],
    ),
    (
        "a cue inside",
        "The dam, engineers warned, could break within 12 hours.",
        "12",
        ["engineers"],
    ),
    (
        "an inverted cue after a list",
        "They use small vans, old trucks, and mules to reach the pass, said Erik Lund, a guide.",
        "reach",
        ["Erik Lund"],
    ),
    (
        "an inverted cue",
        "“Nine men are missing,” said Ana Petrova, a rescue worker.",
        "Nine",
        ["Ana Petrova"],
    ),
    (
        "direct speech before its cue",
        "“We lost 30 soldiers,” General Omar Haddad told reporters.",
        "30",
        ["Omar Haddad"],
    ),
    ("direct speech after its cue", "Haddad said: “We lost 30 soldiers.”", "30", ["Haddad"]),
    (
        "direct speech that goes on after its cue",
        "“We lost 30 soldiers,” Haddad said. “Another 12 are missing.”",
        "12",
        ["Haddad"],
    ),
    (
        "according to at the end",
        "The strike killed five people, according to a nurse at the clinic.",
        "five",
        ["nurse at the clinic"],
    ),
    (
        "according to at the start",
        "According to the ministry, 18 ships left the port.",
        "18",
        ["ministry"],
    ),
    (
        "a name behind a role",
        "Its spokesman, Col. Jean Mutombo, said 300 rebels had fled.",
        "300",
        ["Jean Mutombo"],
    ),
    (
        "a title before a name",
        "Interior Minister Pavel Dorn said six clerks were robbed.",
        "six",
        ["Pavel Dorn"],
    ),
    (
        "a participle",
        "The army changed its account, saying 14 missiles were fired.",
        "14",
        ["army"],
    ),
    (
        "a relative clause",
        "Mayor Lena Holt, who said 50 people were hurt, resigned.",
        "50",
        ["Lena Holt"],
    ),
    (
        "an outlet told",
        "Police seized 40 rifles, an officer told Reuters.",
        "40",
        ["officer", "Reuters"],
    ),
    (
        "an outlet in an interview",
        "“Our ships sank four boats,” Ahmadi said in an interview with Al Jazeera.",
        "four",
        ["Ahmadi", "Al Jazeera"],
    ),
    (
        "a document seen by an outlet",
        "Some 4,000 men crossed the river, according to a confidential report seen by Reuters.",
        "4,000",
        ["confidential report", "Reuters"],
    ),
    (
        "a source who cites another",
        "The lawmaker Nora Quist, citing an internal memo, said 2,600 files were lost.",
        "2,600",
        ["internal memo", "Nora Quist"],
    ),
    (
        "an outlet that quotes somebody, at the end",
        "Police detained 180 men, the Anadolu Agency reported, quoting prosecutors.",
        "180",
        ["prosecutors", "Anadolu Agency"],
    ),
    (
        "an outlet that cites somebody after what it reported",
        "Reuters reported that 180 soldiers died, citing officials.",
        "180",
        ["officials", "Reuters"],
    ),
    (
        "who puts a number at more than another",
        "Local media put the number of missing at more than 30.",
        "30",
        ["Local media"],
    ),
    (
        "an office of two words before a name",
        "Police spokesman Yazid Bello said 26 men fled.",
        "26",
        ["Yazid Bello"],
    ),
    (
        "a staff that is no Mr Staff",
        "Chad's General Staff said on Tuesday that its forces had lost about 26 men.",
        "26",
        ["Chad's General Staff"],
    ),
    ("nobody", "No group claimed the 26 attacks.", "26", []),
    (
        "sources after a pair that is none of them",
        "Gunmen took 26 hostages, mostly women and children, residents and a lawmaker said.",
        "26",
        ["residents", "lawmaker"],
    ),
    (
        "a body that the sentence before is about",
        "The army told Reuters of a raid. The government did not reply. It denied that 26 died.",
        "26",
        ["government"],
    ),
    (
        "two sources and numbers behind one verb: the first",
        "Police put the turnout at 50,000 and organisers at 200,000.",
        "50,000",
        ["Police"],
    ),
    (
        "two sources and numbers behind one verb: the second",
        "Police put the turnout at 50,000 and organisers at 200,000.",
        "200,000",
        ["organisers"],
    ),
    (
        "two sources and numbers behind a passive: the first",
        "Turnout was put at 50,000 by police and at 200,000 by organisers.",
        "50,000",
        ["police"],
    ),
    (
        "two sources and numbers behind a passive: the second",
        "The toll was put at 40 by the ministry and at more than 60 by local doctors.",
        "60",
        ["local doctors"],
    ),
    (
        "three sources and numbers",
        "The army put the dead at 12, doctors at 30 and the rebels at more than 40.",
        "30",
        ["doctors"],
    ),
    (
        "the last of three sources",
        "The army put the dead at 12, doctors at 30 and the rebels at more than 40.",
        "40",
        ["rebels"],
    ),
    (
        "a titled source who cites another",
        "Opposition leader Ana Holt, citing an internal memo, said 2,600 files were lost.",
        "2,600",
        ["internal memo", "Ana Holt"],
    ),
    (
        "an office at the end, after a participle",
        "A bomb exploded in the market, wounding 26 people, the governor's office said.",
        "26",
        ["governor's office"],
    ),
    (
        "a head with its body at the end, after a participle",
        "A bomb exploded in the market, wounding 26 people, the head of the agency said.",
        "26",
        ["head of the agency"],
    ),
    (
        "who is blamed and denies it: the blame is no claim of theirs",
        "Officials blamed the rebels, who denied any role in the 26 attacks.",
        "blamed",
        [],
    ),
    (
        "who is blamed and denies it: the denial is not in the blame",
        "Officials blamed the rebels, who denied any role.",
        "denied",
        [],
    ),
    (
        "an anonymous source",
        "A person familiar with the talks said 12 hostages would be freed.",
        "12",
        ["person"],
    ),
    (
        "a figure put at a number",
        "The ministry put the cost at 30 million euros.",
        "30",
        ["ministry"],
    ),
    ("an accusation", "She accused the army of hiding 1,500 rifles.", "1,500", ["She"]),
    ("a threat", "The government threatened to close all 16 crossings.", "close", ["government"]),
    ("its own account", "Kenya, by its own account, holds 40 detainees.", "40", ["Kenya"]),
    (
        "a claim conveyed by an outlet",
        "TASS reported that the governor said 30 drones were shot down.",
        "30",
        ["governor", "TASS"],
    ),
    (
        "a second verb of saying after what people may have done",
        "The agency warned that up to 9,000 people may have fled, and said 400 were missing.",
        "400",
        ["agency"],
    ),
    (
        "the first of two verbs of saying",
        "The agency warned that up to 9,000 people may have fled, and said 400 were missing.",
        "9,000",
        ["agency"],
    ),
    (
        "the speaker before a semicolon",
        "About 70 percent walked out, according to the union; the bank said 12 were absent.",
        "70",
        ["union"],
    ),
    (
        "the speaker after a semicolon",
        "About 70 percent walked out, according to the union; the bank said 12 were absent.",
        "12",
        ["bank"],
    ),
    (
        "a speaker after a semicolon whose verb the parser joins to the clause before",
        "One broker estimated losses at $4 million; the port authority said it lost $11 million.",
        "$11",
        ["port authority"],
    ),
    (
        "what goes on after a cue that is set off",
        "The channel was closed, the pilot said, and nine tugs would try again.",
        "nine",
        ["pilot"],
    ),
    (
        "a second verb after a cue that is set off",
        "Troops shelled the depot, the army said, and wounded 41 guards.",
        "41",
        ["army"],
    ),
    (
        "another speaker after a cue that is set off",
        "The road was shut, the police said, and a doctor told reporters that 12 were hurt.",
        "12",
        ["doctor"],
    ),
    (
        "two sources of one claim",
        "At least 61 people were killed, according to the ministry and the Blue Shield.",
        "61",
        ["ministry", "Blue Shield"],
    ),
    (
        "two subjects of one verb of saying",
        "The army and the police said 40 men had fled.",
        "40",
        ["army", "police"],
    ),
    (
        "a document that an outlet has seen",
        "Belgrade could send 300 tanks, a newspaper reported on Tuesday after seeing an "
        "assessment drawn up by Polish military intelligence.",
        "300",
        ["Polish military intelligence", "assessment", "newspaper"],
    ),
    ("a number spoken of", "The union spoke of 300,000 marchers.", "300,000", ["union"]),
    ("a number counted", "The government counted 90,000 marchers.", "90,000", ["government"]),
    ("what is put somewhere", "The union put nine tents at the gate.", "nine", []),
    ("the article's own voice", "The army deployed 2,500 soldiers on Monday.", "2,500", []),
    (
        "what is beside a quotation",
        "“Enough,” said Erik Lund, a nurse who had driven 80 km.",
        "80",
        [],
    ),
    ("a promise of money", "Norway pledged 50 million euros on Thursday.", "50", []),
    ("an act of declaring", "The king declared a curfew in three towns.", "three", []),
    ("a wish", "The rebels want 24 prisoners back.", "24", []),
]


@pytest.mark.parametrize(
    ("text", "words", "names"), [c[1:] for c in CLAIMED], ids=[c[0] for c in CLAIMED]
)
def test_who_claims(text: str, words: str, names: list[str]) -> None:
    assert claimants(text, words) == names


RESOLVED = [
    (
        "he",
        "Omar Diallo said the toll was 128. He said 412 homes were lost.",
        "412",
        ["Omar Diallo"],
    ),
    (
        "a surname",
        "Viktor Moroz said the toll was nine. Moroz said 40 were hurt.",
        "40",
        ["Viktor Moroz"],
    ),
    (
        "it",
        "The Defense Ministry said nine died. It said it had struck 12 barracks.",
        "12",
        ["Defense Ministry"],
    ),
    ("they", "The experts said the army fled. They said it left six tanks.", "six", ["experts"]),
    (
        "they after a colon",
        "The rebels said nine fled. Officials gave a number: 812 crates, they said, had burned.",
        "812",
        ["Officials"],
    ),
    (
        "he for an office",
        "Ana Petrov said nine fled. Peru's deputy minister said 40 died. He said 12 were hurt.",
        "12",
        ["Peru's deputy minister"],
    ),
    (
        "she for whom the sentence before is about",
        "The mayor, Ana Holt, toured the camp. Some 40 tents had burned, she said.",
        "40",
        ["Ana Holt"],
    ),
    (
        "a name of many words",
        "President Luis Alvaro Mendoza said 40 bridges had collapsed.",
        "40",
        ["Luis Alvaro Mendoza"],
    ),
    (
        "the ministry",
        "The Defense Ministry said nine died. The ministry said 12 were hurt.",
        "12",
        ["Defense Ministry"],
    ),
    (
        "she added",
        "“Nine died,” said Ana Petrova. “And 12,” she added, “are missing.”",
        "12",
        ["Ana Petrova"],
    ),
]


@pytest.mark.parametrize(
    ("text", "words", "names"), [c[1:] for c in RESOLVED], ids=[c[0] for c in RESOLVED]
)
def test_a_claimant_is_traced_to_the_articles_own_mention(
    text: str, words: str, names: list[str]
) -> None:
    assert claimants(text, words) == names


STANCES_OF_CUES = [
    ("a denial", "Tehran denied striking the base.", "striking", "denies", None),
    ("a demand", "The gang demanded 24 million dollars.", "24", "demands", None),
    ("an expectation", "Analysts expect that 300 ships will leave.", "300", "expects", "probable"),
    ("a belief", "Officials believe 300 people died.", "300", "asserts", "probable"),
    (
        "a rumour",
        "There were rumors that soldiers had entered the town.",
        "entered",
        "asserts",
        "uncommitted",
    ),
    ("an assertion", "Officials said 300 people died.", "300", "asserts", None),
]


@pytest.mark.parametrize(
    ("text", "words", "stance", "certainty"),
    [c[1:] for c in STANCES_OF_CUES],
    ids=[c[0] for c in STANCES_OF_CUES],
)
def test_what_the_source_does_with_it(
    text: str, words: str, stance: str, certainty: str | None
) -> None:
    article = read(text)
    found = attribution_at(article, text.index(words), text.index(words) + len(words))
    assert found is not None
    assert (found.stance, found.certainty) == (stance, certainty)


def test_words_inside_direct_speech_are_the_speakers() -> None:
    article = read("“I think they said nine ships left,” Haddad said.")
    assert [a.cue.text for a in article.attributions] == ["said"]
    assert article.attributions[0].source is not None
    assert article.attributions[0].source.text == "Haddad"


def test_roles_tell_documents_and_outlets_from_people() -> None:
    article = read("Nine ships left, according to a report obtained by Reuters.")
    assert [(c.text, c.role) for c in article.attributions[0].chain] == [
        ("report", "document"),
        ("Reuters", "conveyor"),
    ]


CONTINUED = [
    ("an unclosed paragraph", "“We had 300 homes.\n“Now there are nine,” Ana Holt said.", "300"),
    (
        "a paragraph of speech only",
        "“We left,” Ana Holt said.\n“Only nine homes are standing.”",
        "nine",
    ),
]


@pytest.mark.parametrize(
    ("text", "words"), [c[1:] for c in CONTINUED], ids=[c[0] for c in CONTINUED]
)
def test_speech_goes_on_over_paragraphs(text: str, words: str) -> None:
    assert claimants(text, words) == ["Ana Holt"]


WITHHELD = [
    ("did not say", "The ministry did not say whether 30 ships had left.", "30"),
    ("declined to say", "She declined to say whether 30 ships had left.", "30"),
]


@pytest.mark.parametrize(("text", "words"), [c[1:] for c in WITHHELD], ids=[c[0] for c in WITHHELD])
def test_what_is_not_said_is_no_claim(text: str, words: str) -> None:
    assert claimants(text, words) == []


def test_no_notification_is_ignorance_and_no_denial() -> None:
    article = read("The port had not received any notification about the strike.")
    found = {a.cue.text: (a.stance, a.is_claim) for a in article.attributions}
    assert found["notification"] == ("does_not_know", False)


LABELLED = [
    ("a transcript", "Ana Holt was asked.\nHOLT: I think 30 ships left.", "30", ["Ana Holt"]),
    (
        "a headline",
        "Holt: 30 ships left\nThe mayor, Ana Holt, spoke on Monday.",
        "30",
        ["Ana Holt"],
    ),
    ("a poll", "Poll: 30 percent would leave\nIt was held in May.", "30", ["Poll"]),
    ("a correction", "Correction: It was 39, not 93.", "39", []),
]


@pytest.mark.parametrize(
    ("text", "words", "names"), [c[1:] for c in LABELLED], ids=[c[0] for c in LABELLED]
)
def test_a_speaker_before_a_colon(text: str, words: str, names: list[str]) -> None:
    assert claimants(text, words) == names


QUOTES = [
    ("curly", "He said “yes” and “no”.", ["“yes”", "“no”"]),
    ("straight", 'He said "yes" and "no".', ['"yes"', '"no"']),
    ("nested", "“He said ‘yes’ twice,” she said.", ["“He said ‘yes’ twice,”"]),
    ("doubled apostrophes", "''Yes,'' he said. ''No.''", ["''Yes,''", "''No.''"]),
    ("unclosed", "“Yes, he said.\nNothing more.", ["“Yes, he said."]),
    ("unopened", "Yes,” he said.", []),
    ("single", "‘Nothing left’ was written there.", ["‘Nothing left’"]),
    ("an apostrophe", "The soldiers’ boots weren’t theirs.", []),
]


@pytest.mark.parametrize(("text", "quotes"), [c[1:] for c in QUOTES], ids=[c[0] for c in QUOTES])
def test_quotation_marks_are_paired(text: str, quotes: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations_of(text).spans] == quotes


@pytest.mark.parametrize("row", load_table("attribution_verbs"), ids=lambda row: row["verb"])
def test_every_verb_is_noticed_and_coded(row: dict[str, str]) -> None:
    assert has_cue(split_sentences(f"They {row['verb']} it.")[0])
    assert row["stance"] in STANCES
    assert row["certainty"] in ("", *CERTAINTIES)


@pytest.mark.parametrize("row", load_table("attribution_irregular"), ids=lambda row: row["form"])
def test_every_irregular_form_is_noticed(row: dict[str, str]) -> None:
    assert has_cue(split_sentences(f"They {row['form']} it.")[0])


@pytest.mark.parametrize("row", load_table("attribution_nouns"), ids=lambda row: row["noun"])
def test_every_noun_is_noticed(row: dict[str, str]) -> None:
    assert has_cue(split_sentences(f"The {row['noun']} grew.")[0])


@pytest.mark.parametrize("row", load_table("attribution_words"), ids=lambda row: row["word"])
def test_every_adjective_and_adverb_is_noticed(row: dict[str, str]) -> None:
    assert has_cue(split_sentences(f"They were {row['word']} then.")[0])


@pytest.mark.parametrize("row", load_table("person_titles"), ids=lambda row: row["title"])
def test_every_title_is_stripped_from_a_name(row: dict[str, str]) -> None:
    before = [row["title"].title()] if row["class"] == "title" else [row["title"], "Minister"]
    assert untitled([*before, "Ana", "Holt"]) == len(before)


@pytest.mark.parametrize("row", load_table("claimant_words"), ids=lambda row: row["word"])
def test_every_claimant_word_is_in_its_class(row: dict[str, str]) -> None:
    assert row["word"] in claimant_words(row["class"])
    assert row["word"] == row["word"].lower()


FORMS = ["said", "denies", "denied", "warning", "claiming", "urged", "told", "written", "begged"]


@pytest.mark.parametrize("form", FORMS)
def test_inflected_cues_are_noticed(form: str) -> None:
    assert has_cue(split_sentences(f"They {form} it.")[0])


MARKS = ("“", "”", '"', "'", "‘", "’", ",", ".", ":", "“We lost men”", "\n")
WORDS = (
    "said",
    "Haddad",
    "the",
    "mayor",
    "that",
    "told",
    "Reuters",
    "according",
    "to",
    "who",
    "denied",
)
MORE_WORDS = ("rumors", "saying", "he", "added", "it", "by", "its", "own", "account")
speech = st.lists(st.sampled_from(MARKS + WORDS + MORE_WORDS), max_size=30).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(speech)
def test_any_marks_and_cues_are_survived(text: str) -> None:
    article = read(text)
    for attribution in article.attributions:
        for span in (attribution.cue, attribution.content, *attribution.parts, *attribution.chain):
            assert text[span.start : span.end] == span.text
        assert attribution.content.start == attribution.parts[0].start
        assert attribution.content.end == attribution.parts[-1].end
        assert all(c.role in ATTRIBUTION_ROLES for c in attribution.chain)
    starts = [a.content.start for a in article.attributions]
    assert starts == sorted(starts)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    for attribution in read(text).attributions:
        assert text[attribution.cue.start : attribution.cue.end] == attribution.cue.text


def test_many_quotation_marks_take_linear_time() -> None:
    assert len(quotations_of("“a” " * 25_000).spans) == 25_000
