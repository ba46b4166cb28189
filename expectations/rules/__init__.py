"""The rules, one module a subject.

Belongs here: conditions, each with its severity and the words that explain it. Does not belong
here: which suite a rule is in (`expectations/suites`).
"""
