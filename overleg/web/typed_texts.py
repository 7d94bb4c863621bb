"""The texts in a form that was refused with an error page, for that page to give them back."""

from flask import request

from overleg.lib.richtext import html_to_plain
from overleg.web.forms import LONGEST_TYPED

SECRET_WORDS = ("wachtwoord", "password")


def is_secret(name: str) -> bool:
    """Whether the field of this name holds what is never kept or shown again."""
    lowered = name.casefold()
    return any(word in lowered for word in SECRET_WORDS)


def typed_texts() -> list[str]:
    """What the form at hand brought of more than one word, as plain text.

    That leaves out what nobody typed: tokens, the ids of things and what was chosen. What stood in
    several fields is given once.
    """
    texts = (
        _plain(name, value.strip())
        for name, value in request.form.items(multi=True)
        if len(value.split(maxsplit=1)) > 1 and not is_secret(name)
    )
    return list(dict.fromkeys(texts))


def _plain(name: str, typed: str) -> str:
    is_html = request.form.get(f"{name}-format") == "html"
    return html_to_plain(typed) if is_html and len(typed) <= LONGEST_TYPED else typed
