"""Page numbers of a report whose appendix is laid out by itself: its pages count on, and "of how many" is of both parts.

The style sheet says ``counter(page, folio)`` and ``counter(pages, total)``;
a counter style is asked for the words when all pages of a layout are there
and the margins around them are written.
"""

from collections.abc import Callable
from typing import Any

from weasyprint.css.counters import CounterStyle

FOLIO, TOTAL = "folio", "total"


class Numbers(CounterStyle):  # type: ignore[misc]
    """The numbers of one part's pages.

    *before* gives the number of pages before the part, *both* that of all
    pages from the part's own; each is asked once. Without them the part is
    the whole. *own* is the number of pages for which they were asked, *all*
    what they told.
    """

    def __init__(self, before: Callable[[], int] = lambda: 0, both: Callable[[int], int] = lambda own: own) -> None:
        super().__init__()
        self._before, self._both = before, both
        self._first: int | None = None
        self.all = self.own = 0

    def render_value(self, counter_value: int, counter_name: Any = None, *more: Any, **named: Any) -> str:
        """Return the page's number, or how many there are; WeasyPrint's signature."""
        if counter_name == FOLIO:
            if self._first is None:
                self._first = self._before()
            return str(self._first + counter_value)
        if counter_name == TOTAL:
            if not self.all:
                self.all, self.own = self._both(counter_value), counter_value
            return str(self.all)
        said: str = super().render_value(counter_value, counter_name, *more, **named)
        return said
