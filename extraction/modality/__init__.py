"""Status, polarity and certainty of figures and events; their claimants, dates and places.

Belongs here: what the clause around a mention says of it (`status`, `tense`, `governors`), and
which of the dates, places and claims that earlier stages found belong to it (`attachment`). Does
not belong here: finding dates, places and claims.
"""

from extraction.modality.stage import set_modality

__all__ = ["set_modality"]
