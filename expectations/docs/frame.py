"""The frame of every page: stylesheet, content policy, templates.

Belongs here: what the pages of a suite and the lists of runs share. Does not belong here: Great
Expectations, whose import takes seconds.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import BaseLoader, PackageLoader
from markupsafe import Markup


def templates() -> BaseLoader:
    """The templates of this package."""
    return PackageLoader("expectations", "docs")


@cache
def frame_values() -> dict[str, Any]:
    """What `frame.j2` needs: the stylesheet, and a policy that allows it and nothing else."""
    style = files("expectations.docs").joinpath("style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return {
        "style": Markup(style),  # noqa: S704 - our own file
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
    }
