"""Headers that keep a page safe: a strict content security policy, and the usual ones."""

import secrets

from flask import Flask, Response, g, request

YEAR_SECONDS = 31_536_000
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""The same on every response; no page sets these itself."""


def csp_nonce() -> str:
    """The nonce of this response's scripts and styles."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def allow_own_frames() -> None:
    """Let the page of this response show files of our own in a frame."""
    g.own_frames = True


def _policy() -> str:
    frames = "frame-src 'self'; " if g.get("own_frames", False) else ""
    nonce = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    return (
        f"default-src 'none'; {frames}script-src 'self'{nonce}; style-src 'self'{nonce}; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )


def init_headers(app: Flask, *, https: bool) -> None:
    """Put the headers on every response; personal pages are never kept by a shared cache."""
    app.context_processor(lambda: {"csp_nonce": csp_nonce})
    always = list(ALWAYS.items())
    if https:
        always.append(("Strict-Transport-Security", f"max-age={YEAR_SECONDS}"))

    @app.after_request
    def _add(response: Response) -> Response:
        said = {name.lower() for name, _ in response.headers}
        missing = {"Content-Security-Policy": _policy(), "Referrer-Policy": "same-origin"}
        if request.endpoint != "static":
            missing["Cache-Control"] = "no-store"
        added = [each for each in missing.items() if each[0].lower() not in said]
        response.headers.extend((*always, *added))
        return response
