"""Names and texts as SQL writes them.

Belongs here: quoting. Does not belong here: statements, connections (`warehouse.py`).
"""

from __future__ import annotations


def quoted(name: str) -> str:
    """An identifier as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A string as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
