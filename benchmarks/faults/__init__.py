"""Refreshes that are killed, starved of disk, locked out and sent through time.

Belongs here: the harness that does this to real processes, and what must hold afterwards. Does not
belong here: tests (`tests/integration/test_crash_safety.py` has the short form), or the product.
"""
