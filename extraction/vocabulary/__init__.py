"""Vocabularies: readable data files, and the one loader that validates them.

Belongs here: tab-separated files with a header that documents every column and names the source,
and `load_table`. Does not belong here: rules that use the words.

File format: lines that begin with `#` are documentation, the first other line names the columns,
every further line is one entry. Cells are separated by tabs; an empty cell is "".
"""

from __future__ import annotations

from functools import cache
from importlib import resources


class VocabularyError(ValueError):
    """A vocabulary file breaks its own format; the message names file, line and remedy."""


@cache
def load_table(
    name: str, required: tuple[str, ...] = (), package: str = __name__
) -> tuple[dict[str, str], ...]:
    """Rows of `<name>.tsv` as dictionaries, in file order.

    `required` columns must exist and be filled in every row.
    Raises VocabularyError for a missing column, a wrong number of cells, an empty required cell or
    two identical rows.
    """
    path = resources.files(package) / f"{name}.tsv"
    columns: list[str] = []
    rows: list[dict[str, str]] = []
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            missing = set(required) - set(columns)
            if missing:
                raise VocabularyError(f"{name}.tsv:{number}: no column {sorted(missing)}; add it")
            continue
        if len(cells) != len(columns):
            raise VocabularyError(
                f"{name}.tsv:{number}: {len(cells)} cells, {len(columns)} expected; check the tabs"
            )
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        empty = [column for column in required if not row[column]]
        if empty:
            raise VocabularyError(f"{name}.tsv:{number}: {empty} is empty; fill it in")
        if line in seen:
            raise VocabularyError(f"{name}.tsv:{number}: repeats an earlier line; delete it")
        seen.add(line)
        rows.append(row)
    if not columns:
        raise VocabularyError(f"{name}.tsv: no header line with column names")
    return tuple(rows)
