"""The closed lists that the gates compare with, kept apart from the extractor's own vocabularies.

Belongs here: one `.tsv` file a list, and the loader. Does not belong here: rules. File format:
lines that begin with `#` are documentation, the first other line names the columns, every further
line is one entry whose first cell is the code. A test holds the lists against the extractor's.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


class CodeListError(ValueError):
    """A code list breaks its own format; the message names file, line and remedy."""


@cache
def code_table(name: str) -> tuple[dict[str, str], ...]:
    """Entries of `<name>.tsv` in file order.

    Raises CodeListError for a wrong number of cells, an empty code or an entry that repeats.
    """
    path = resources.files(__name__) / f"{name}.tsv"
    columns: list[str] = []
    entries: list[dict[str, str]] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = cells
            continue
        if len(cells) != len(columns) or not cells[0]:
            raise CodeListError(
                f"{name}.tsv:{number}: {len(columns)} cells expected; check the tabs"
            )
        if line in seen:
            raise CodeListError(f"{name}.tsv:{number}: repeats an earlier line; delete it")
        seen.add(line)
        entries.append(dict(zip(columns, cells, strict=True)))
    if not entries:
        raise CodeListError(f"{name}.tsv: no entry")
    return tuple(entries)


@cache
def codes(name: str) -> tuple[str, ...]:
    """The codes of a list: the first column of `<name>.tsv`."""
    table = code_table(name)
    first = next(iter(table[0]))
    return tuple(dict.fromkeys(entry[first] for entry in table))


@cache
def closed_list(name: str) -> tuple[str, ...]:
    """The codes of one of the short lists in `closed_lists.tsv`. Raises CodeListError for no such
    list.
    """
    found = tuple(e["code"] for e in code_table("closed_lists") if e["list"] == name)
    if not found:
        raise CodeListError(f"closed_lists.tsv: no list {name!r}")
    return found


@cache
def words_of(name: str) -> frozenset[str]:
    """The codes of a list as a set, for asking whether a word is in it."""
    return frozenset(codes(name))
