"""Actors: states, demonyms, offices, organisations and armed groups, with country and sector.

Belongs here: names found without a parse (`lexicon`), noun phrases read as entities (`phrases`),
and who a person, pronoun or definite phrase of the document is (`people`, `reference`). Does not
belong here: who did what.
"""

from extraction.actors.stage import find_actors

__all__ = ["find_actors"]
