"""Addresses in mails: absolute, and the secret ones hidden once the mail has left."""

import re

from flask import current_app

from overleg.settings import Settings

# A token of 256 bits as the last part of an address: 43 characters of URL-safe base64. Or what is
# signed for one person, after /antwoord/.
SECRET_LINK = re.compile(
    r"(https?://[^\s\"'<>]*/)"
    r"(?:[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])|(?<=/antwoord/)[A-Za-z0-9_.-]+)[^\s\"'<>]*"
)
HIDDEN = r"\1(verborgen)"


def absolute_url(path: str) -> str:
    """The whole address of a path, such as ``url_for`` gives, also outside a request."""
    settings: Settings = current_app.extensions["settings"]
    return settings.base_url + "/" + path.removeprefix(settings.base_url).lstrip("/")


def hide_secrets(text: str) -> str:
    """The text of a mail with its one-time addresses taken out."""
    return SECRET_LINK.sub(HIDDEN, text)
