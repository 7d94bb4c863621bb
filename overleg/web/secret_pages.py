"""Pages behind a secret address, as a link in a mail opens without an account."""

from flask import Response, after_this_request


def keep_private() -> None:
    """Send the address of this page to no other page, no cache and no search engine."""
    after_this_request(_keep_private)


def _keep_private(response: Response) -> Response:
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
