"""The trained language pipeline: tagger, parser, entities."""
