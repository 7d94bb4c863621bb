"""What a browser sends, without the characters that no text of ours may hold.

Control characters (a NUL among them) make PostgreSQL and Word refuse a text; nobody types them.
Those that turn the direction of what follows (Unicode, UAX 9) make a title or a name read as
another; text from right to left needs none of them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import IO, Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import RequestURITooLarge

from overleg.lib.blocks import without_control

LONGEST_ADDRESS = 6_500
"""In characters. The sign-in page's may carry one of 2,000, with three for each of its signs."""
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


class CleanParameters(ImmutableMultiDict[str, Any]):
    """The fields of a form or the parameters of an address."""

    def __init__(self, given: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        fields = ImmutableMultiDict(given).items(multi=True) if given else ()
        super().__init__([(name, _clean(value)) for name, value in fields])


class CleanRequest(Request):
    """A request whose fields and parameters are clean; its files end with it.

    Werkzeug forgets the files of a form that it stops reading halfway, as one that is too large.
    """

    parameter_storage_class = CleanParameters

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._received: list[IO[bytes]] = []

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        stream = super()._get_file_stream(*args, **kwargs)
        self._received.append(stream)
        return stream

    def close(self) -> None:
        super().close()
        for stream in self._received:
            stream.close()


def init_requests(app: Flask) -> None:
    """Refuse an address that is too long ourselves: a web server's own page is in English."""

    @app.before_request
    def _refuse_long_address() -> None:
        if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
            raise RequestURITooLarge


def _clean(value: Any) -> Any:
    return TURNING.sub("", without_control(value)) if isinstance(value, str) else value
