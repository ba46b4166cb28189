"""Speed of the language layer, and agreement of its tokenizer with the treebank.

Belongs here: what is measured beside accuracy. Does not belong here: accuracy of tags, parses and
names (`extraction.language.training.accuracy`).
"""
