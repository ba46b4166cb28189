"""One module a suite: which rules hold for which rows.

Belongs here: the choice and order of rules. Does not belong here: what a rule says
(`expectations/rules`).
"""
