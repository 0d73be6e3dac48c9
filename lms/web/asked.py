"""What is asked of the site: Flask's request, with a bound on the number of fields.

Holds no page and no rule. Called by `wiring`.
"""

from __future__ import annotations

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestEntityTooLarge

LARGEST_FORM = 1_000_000  # bytes
MOST_FIELDS = 1_000


class Asked(Request):
    """A request whose form is refused whole when no page of ours can have sent it."""

    max_content_length = LARGEST_FORM
    max_form_memory_size = LARGEST_FORM
    max_form_parts = MOST_FIELDS

    def _load_form_data(self) -> None:
        """Read the form; tens of thousands of fields would take seconds wherever they are shown again.

        Raises: RequestEntityTooLarge, once; afterwards the form is empty.
        """
        super()._load_form_data()
        if sum(map(len, self.__dict__["form"].listvalues())) > MOST_FIELDS:
            self.__dict__["form"] = ImmutableMultiDict[str, str]()
            raise RequestEntityTooLarge
