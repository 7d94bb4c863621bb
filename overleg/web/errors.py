"""Error pages: a clear sentence, the right status, a way on; never a stack trace."""

import logging

from flask import Flask, render_template
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from overleg.db import db
from overleg.lib.errors import OverlegError

log = logging.getLogger(__name__)

TITLES = {
    400: "Dat begrepen we niet",
    403: "Dat mag u hier niet doen",
    404: "Niet gevonden",
    405: "Dat kan hier niet",
    409: "Dat kan nu niet meer",
    413: "Dat is te groot",
    422: "Er klopt iets niet",
    429: "Even wachten",
    500: "Er ging iets mis",
}
MESSAGES = {
    400: "De browser stuurde iets wat we niet konden lezen. Ga terug en probeer het opnieuw.",
    403: "U kunt dit bekijken, maar niet wijzigen.",
    404: "Deze pagina bestaat niet, of is niet voor u bestemd. Controleer het adres.",
    405: "Open deze pagina vanuit de toepassing.",
    413: "Wat u verstuurde is te groot. Maak het bestand kleiner, of stuur het in delen.",
    429: "Er kwamen te veel pogingen na elkaar. Wacht enkele minuten en probeer het opnieuw.",
    500: "Het ligt niet aan u. Er is niets bewaard; probeer het straks opnieuw.",
}
STALE = "Iemand anders wijzigde dit net voor u. Open de pagina opnieuw en kijk wat er veranderde."
STALE_PAGE = "Deze pagina stond te lang open. Ga terug, vernieuw de pagina en verstuur opnieuw."


def error_page(status: int, message: str | None = None) -> tuple[str, int]:
    """The page for an error, and its status."""
    title = TITLES.get(status, TITLES[400 if status < 500 else 500])
    text = message or MESSAGES.get(status, MESSAGES[400 if status < 500 else 500])
    way_on = {"label": "Naar mijn startpagina", "url": "/"}
    return (
        render_template("errors/error.html", code=status, title=title, message=text, way_on=way_on),
        status,
    )


def init_errors(app: Flask) -> None:
    """Answer every error with a page of our own."""

    @app.errorhandler(OverlegError)
    def _expected(error: OverlegError) -> tuple[str, int]:
        db.session.rollback()
        return error_page(error.status, str(error))

    @app.errorhandler(StaleDataError)
    def _stale(_error: StaleDataError) -> tuple[str, int]:
        db.session.rollback()
        return error_page(409, STALE)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
        if error.code is None or error.code < 400:
            return error
        return error_page(error.code)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> tuple[str, int]:
        log.exception("unexpected error", exc_info=error)
        db.session.rollback()
        return error_page(500)
