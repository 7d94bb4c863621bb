"""The token in each form by which a request is known to come from a page of ours."""

from functools import lru_cache

from flask import Flask, g, session
from flask_wtf.csrf import CSRFProtect, generate_csrf

MOST_SESSIONS = 1024
KEPT = "csrf_token"
"""Flask-WTF keeps a secret of this name in the session, and the signed token in ``g``."""

protection = CSRFProtect()


def form_token() -> str:
    """The token of this session. It never expires, so it is signed once for all its pages."""
    kept = session.get(KEPT)
    token: str = generate_csrf() if kept is None else _signed(kept)
    g.csrf_token = token
    return token


@lru_cache(maxsize=MOST_SESSIONS)
def _signed(_kept: str) -> str:
    token: str = generate_csrf()
    return token


def init_form_tokens(app: Flask) -> None:
    """Ask a token of each request that changes something, and give templates ``csrf_token()``."""
    protection.init_app(app)
    app.context_processor(lambda: {"csrf_token": form_token})
