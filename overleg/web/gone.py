"""What somebody takes away that is gone already: in another tab, or by a colleague."""

from flask import flash, redirect
from werkzeug.wrappers import Response


def gone_already(words: str, page: str) -> Response:
    """Back to the page it stood on, which is theirs to see, saying so; ``words`` are a sentence."""
    flash(words, "info")
    return redirect(page)
