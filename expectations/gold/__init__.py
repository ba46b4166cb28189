"""Sentences of this project's own with the rows that must be read from them, and the floors.

Belongs here: `.jsonl` files of texts, `floors.tsv`, and `README.md`, which describes both. Does not
belong here: code; gold of others (`benchmarks`).
"""
