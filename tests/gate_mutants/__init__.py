"""Bad rows, batches, releases and files, one for each rule of the gates, that only it catches.

Belongs here: what is wrong, one module a kind. Does not belong here: the tests that judge them
(`unit/test_gate_mutations.py`).
"""
