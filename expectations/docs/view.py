"""The library's page view, without its network addresses and without trust in what it shows.

Belongs here: templates and escaping. Does not belong here: what a page says, and the frame around
it (`frame.py`).

The library's own page loads stylesheets and scripts from elsewhere and switches escaping off; only
the parameters of a string template are escaped. Here whatever a template prints is escaped, except
HTML that a template of the library made.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from great_expectations.render import RenderedDocumentContent
from great_expectations.render.view import DefaultJinjaPageView
from jinja2 import ChoiceLoader, pass_context
from markupsafe import Markup

from expectations.docs.frame import frame_values, templates

_MAKE_HTML = (
    "render_string_template",
    "render_styling",
    "render_styling_from_string_template",
    "attributes_dict_to_html_string",
)
"""Filters of the library that return HTML of their own making, or what they were given."""


class PageView(DefaultJinjaPageView):  # type: ignore[misc]
    """Renders a document into the frame of this project's pages."""

    _template = "suite.j2"

    def __init__(self) -> None:
        super().__init__()
        self.env.loader = ChoiceLoader([templates(), self.env.loader])
        self.env.autoescape = True
        for name in _MAKE_HTML:
            self.env.filters[name] = _trusted_if_made(self.env.filters[name])

    def page(self, document: RenderedDocumentContent, **values: Any) -> str:
        """The page as HTML."""
        return str(self.render(document, **frame_values(), **values))

    @pass_context
    def render_content_block(self, context: Any, content_block: Any, *args: Any, **kw: Any) -> Any:
        """A block as HTML; text that is no block stays text."""
        if isinstance(content_block, list):
            return Markup("").join(
                self.render_content_block(context, part, *args, **kw) for part in content_block
            )
        rendered = super().render_content_block(context, content_block, *args, **kw)
        made = isinstance(content_block, dict) and "content_block_type" in content_block
        return Markup(rendered) if made else rendered  # noqa: S704 - from a template, escaped there


@cache
def view() -> PageView:
    """The one view of a process; its templates are compiled once."""
    return PageView()


def _trusted_if_made(library_filter: Any) -> Any:
    def apply(value: Any, *args: Any, **kw: Any) -> Any:
        rendered = library_filter(value, *args, **kw)
        return Markup(rendered) if isinstance(value, dict) else rendered  # noqa: S704 - as above

    return apply
