"""The gates: what must hold before a row is loaded or a release is published.

Belongs here: rules, the suites that collect them, the closed lists that they compare with, and the
gate that turns Great Expectations results into pass, flag, quarantine or block. Does not belong
here: how rows are extracted, where they are stored, and what Dagster makes of a verdict.
"""
