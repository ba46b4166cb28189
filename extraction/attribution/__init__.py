"""Attribution: who says what, by which cue, in which words.

Belongs here: cues, sources, contents, quotations, chains of claimants, and the question which
claim covers a stretch of text. Does not belong here: what the claim is about (`events`, `numbers`),
and the status of it (`modality`).
"""

from extraction.attribution.claims import attribution_at, claimants_at, is_unknown
from extraction.attribution.stage import find_attributions
from extraction.attribution.triggers import has_cue

__all__ = ["attribution_at", "claimants_at", "find_attributions", "has_cue", "is_unknown"]
