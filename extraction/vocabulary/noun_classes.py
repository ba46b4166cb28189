"""Classes of nouns that rules name: troops, weapons, talks, people.

Belongs here: reading noun_classes.tsv. Does not belong here: rules that use the classes.
"""

from __future__ import annotations

from functools import cache

from extraction.vocabulary import load_table


@cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Class name → lemmas, from noun_classes.tsv."""
    rows = load_table("noun_classes", ("class", "words"))
    return {row["class"]: frozenset(row["words"].split("|")) for row in rows}
