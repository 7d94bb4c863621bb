"""Addresses of our static files, with a mark of their content so that browsers may keep them.

A file that changed gets another address; what stands at an address with a mark never changes.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request
from markupsafe import Markup

YEAR_SECONDS = 31_536_000
MARK_LENGTH = 12
SPRITE = "vendor/icons.svg"
ICON = Markup(
    '<svg class="{classes}" aria-hidden="true" focusable="false">'
    '<use href="{sprite}#{name}"></use></svg>'
)


def init_assets(app: Flask) -> None:
    """Give templates ``asset`` and ``icon_svg``; browsers keep what ``asset`` names for a year."""
    folder = Path(app.static_folder or "")
    root = app.static_url_path or ""

    @lru_cache(maxsize=256)
    def asset(filename: str) -> str:
        file = folder / filename
        if not file.is_file():
            return f"{root}/{filename}"
        return f"{root}/{filename}?v={sha256(file.read_bytes()).hexdigest()[:MARK_LENGTH]}"

    @lru_cache(maxsize=256)
    def icon_svg(name: str, class_name: str) -> Markup:
        return ICON.format(classes=f"icon {class_name}".strip(), sprite=asset(SPRITE), name=name)

    app.jinja_env.globals.update(asset=asset, icon_svg=icon_svg)

    @app.after_request
    def _keep(response: Response) -> Response:
        if request.endpoint == "static" and "v" in request.args and response.status_code < 400:
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        return response
