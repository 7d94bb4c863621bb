"""Addresses of our static files, with a mark of their content so that browsers may keep them.

A file that changed gets another address; what stands at an address with a mark never changes.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

YEAR_SECONDS = 31_536_000
MARK_LENGTH = 12


def init_assets(app: Flask) -> None:
    """Give templates ``asset(filename)`` and let browsers keep what it names for a year."""
    folder = Path(app.static_folder or "")
    root = app.static_url_path or ""

    @lru_cache(maxsize=256)
    def asset(filename: str) -> str:
        file = folder / filename
        if not file.is_file():
            return f"{root}/{filename}"
        return f"{root}/{filename}?v={sha256(file.read_bytes()).hexdigest()[:MARK_LENGTH]}"

    app.jinja_env.globals["asset"] = asset

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and response.status_code < 400:
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        return response
