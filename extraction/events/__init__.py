"""Events: frames over parses give event mentions.

Belongs here: from a parsed sentence and the names found in it to event rows with type, mode,
actors and recipients. Does not belong here: status, polarity, date, place and claimants
(`modality`), names (`actors`).

Steps, in order: `grammar` reads the vocabulary; `slots` finds the arguments of a trigger in the
parse; `frames` chooses the row of the vocabulary that fits; `merging` makes one event of several
words for it; `stage` writes the rows.
"""

from extraction.events.stage import find_events

__all__ = ["find_events"]
