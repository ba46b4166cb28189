"""Accuracy and speed of the figures, beside other extractors."""
