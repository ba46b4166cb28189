"""What Dagster loads: `dg`, the daemon and the web server point here.

Belongs here: one call. Does not belong here: anything else.
"""

from orchestration.build import build_defs
from orchestration.settings import keep_tools_quiet

keep_tools_quiet()
defs = build_defs()
