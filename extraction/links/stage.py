"""The link stage: which row belongs to which.

Belongs here: the order of the links. Does not belong here: the rules of each link, which are in
`duals`, `corrections`, `relatives` and `sizes`.
"""

from __future__ import annotations

from extraction.article import Article
from extraction.links.corrections import fill_corrections
from extraction.links.duals import link_duals
from extraction.links.relatives import link_relatives
from extraction.links.sizes import link_sizes


def link_mentions(article: Article) -> None:
    """Set `equivalent_of`, `reference`, `factor`, `derived` and `event` of the article's figures.

    Duals first: a relative figure refers to the first of two equivalents. Nothing is linked that
    the text doesn't support: the fields stay null.
    """
    if not article.figures:
        return
    link_duals(article)
    fill_corrections(article)
    link_relatives(article)
    link_sizes(article)
