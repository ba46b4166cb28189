"""Text in, rows out: `extract(text, published=None)` reads figures, events and every number.

Pure Python: nothing here knows of Dagster, DuckDB, dbt or Great Expectations.
"""

from extraction.pipeline import Extraction, extract
from extraction.version import extractor_version

__all__ = ["Extraction", "extract", "extractor_version"]
