"""Links across mentions: dual units, relative figures, the event that a figure sizes.

Belongs here: relations between rows that earlier stages found. Does not belong here: finding
figures, events or claimants.
"""

from extraction.links.stage import link_mentions

__all__ = ["link_mentions"]
