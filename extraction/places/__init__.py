"""Places: gazetteer matches with country, coordinates and precision.

Belongs here: finding place names, telling them from persons and organisations, and choosing among
places of one name. Does not belong here: which place an event or figure gets (`modality`).
"""

from extraction.places.stage import find_places

__all__ = ["find_places"]
