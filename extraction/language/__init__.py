"""The language layer: tags, parses, named entities, lemmas and word classes of English text.

Belongs here: the project's own spaCy pipeline with its weights, how it is loaded and run, how it
was trained, and the word-class lexicon for code that must not parse. Does not belong here: sentence
splitting (`extraction.sentences`), the gazetteer, and any reading of a parse as events or claims.
"""
