"""A suite's results as a page of Great Expectations' Data Docs, readable and closed to the network.

Belongs here: the library's renderers with the catalogue's words, the frame of every page and its
stylesheet. Does not belong here: where pages lie, which runs have one, or serving them.
"""
