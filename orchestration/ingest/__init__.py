"""From files to document versions: pure functions that know nothing of Dagster or DuckDB.

`discover` finds files, `read_file` reads the articles in one, `to_versions` cleans and names them;
what can't be used comes back as a `FileProblem` beside the rest. `file_hash` tells, without reading
an article, whether a file is the one that was read before, `missing` whether it is there no more.
"""

from orchestration.ingest.clean import clean
from orchestration.ingest.contents import file_hash
from orchestration.ingest.discover import discover, missing
from orchestration.ingest.limits import Limits
from orchestration.ingest.problem import FileProblem, IngestError, NoSuchPathError
from orchestration.ingest.read import read_file
from orchestration.ingest.source import RawArticle, SourceFile
from orchestration.ingest.versions import LandedVersion, to_versions

__all__ = [
    "FileProblem",
    "IngestError",
    "LandedVersion",
    "Limits",
    "NoSuchPathError",
    "RawArticle",
    "SourceFile",
    "clean",
    "discover",
    "file_hash",
    "missing",
    "read_file",
    "to_versions",
]
