"""Error pages: a clear sentence, the right status, a way on; never a stack trace.

A page for a fault of ours (500 and over) asks the database nothing: that may be what is broken.
"""

import logging

from flask import Flask, current_app, render_template, request
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from overleg.db import db
from overleg.lib.errors import OverlegError
from overleg.lib.text import in_megabytes
from overleg.settings import Settings
from overleg.web.typed_texts import typed_texts
from overleg.web.way_back import page_to_retry, way_back

log = logging.getLogger(__name__)

Answer = tuple[str, int] | tuple[str, int, dict[str, str]]

TITLES = {
    400: "Dat begrepen we niet",
    403: "Dat mag u hier niet doen",
    404: "Niet gevonden",
    405: "Dat kan hier niet",
    409: "Dat kan nu niet",
    413: "Dat is te groot",
    414: "Dat adres is te lang",
    422: "Er klopt iets niet",
    429: "Even wachten",
    500: "Er ging iets mis",
    503: "Even niet bereikbaar",
}
MESSAGES = {
    400: "De browser stuurde iets wat we niet konden lezen. Ga terug en probeer het opnieuw.",
    403: "U kunt dit bekijken, maar niet wijzigen.",
    404: "Deze pagina bestaat niet, of is niet voor u bestemd. Controleer het adres.",
    405: "Open deze pagina vanuit de toepassing.",
    414: "Zoek met minder woorden, of kies minder tegelijk, en probeer het opnieuw.",
    429: "Er kwamen te veel pogingen na elkaar. Wacht enkele minuten en probeer het opnieuw.",
    500: "Het ligt niet aan u. Er is niets bewaard; probeer het straks opnieuw.",
    503: (
        "Overleg is even niet bereikbaar. Er is niets bewaard. Wacht een halve minuut, ga terug en "
        "probeer het opnieuw: wat u typte, staat er dan meestal nog."
    ),
}
GIVES_BACK = frozenset({403, 404, 409, 422})
"""What a form of ours is answered with when what it is about is no more, or not so any more."""
RETRY_AFTER_SECONDS = "30"
STALE = "Iemand anders wijzigde dit net voor u. Open de pagina opnieuw en kijk wat er veranderde."
STALE_PAGE = "Deze pagina stond te lang open. Ga terug, vernieuw de pagina en verstuur opnieuw."


def error_page(status: int, message: str | None = None) -> tuple[str, int]:
    """The page for an error, and its status."""
    title = TITLES.get(status, TITLES[400 if status < 500 else 500])
    if status == 413:
        message = _too_large()
    text = message or MESSAGES.get(status, MESSAGES[400 if status < 500 else 500])
    if status >= 500:
        # Not render_template, which would ask who is signed in.
        template = current_app.jinja_env.get_template("errors/out_of_order.html")
        return template.render(code=status, title=title, message=text), status
    page = render_template(
        "errors/error.html",
        code=status,
        title=title,
        message=text,
        onward=_onward(status),
        texts=_own_texts() if status in GIVES_BACK else [],
    )
    return page, status


def _own_texts() -> list[str]:
    """What was typed in a form; another site could send its own words to no page at all."""
    return typed_texts() if request.endpoint else []


def _too_large() -> str:
    settings: Settings = current_app.extensions["settings"]
    return (
        "Er is niets bewaard, want wat u verstuurde is te groot. Alle bestanden samen mogen "
        f"hoogstens {in_megabytes(settings.max_files_bytes)} zijn, en elk bestand hoogstens "
        f"{in_megabytes(settings.max_annex_bytes)}. Ga terug naar het formulier, waar wat u typte "
        "meestal nog staat. Kies minder of kleinere bestanden, en voeg de andere daarna toe."
    )


def _onward(status: int) -> tuple[str, str] | None:
    """Where somebody goes on besides the start page: what the link says, and its address."""
    if status == 409:
        label, page = "Kijk hoe het nu staat", way_back()
    elif status == 413:
        label, page = "Terug naar het formulier", page_to_retry()
    else:
        return None
    return (label, page) if page else None


def came_second(error: DBAPIError) -> bool:
    """Whether the database refused this because somebody else was just before.

    That is a key that exists by now, a row that is gone, or (PostgreSQL) two who waited for each
    other. Codes: PostgreSQL's appendix A; https://sqlite.org/rescode.html.
    """
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in {"23503", "23505", "40001", "40P01"}
    name = getattr(error.orig, "sqlite_errorname", "")
    return name.removeprefix("SQLITE_CONSTRAINT_") in {"UNIQUE", "PRIMARYKEY", "FOREIGNKEY"}


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

    @app.errorhandler(OperationalError)
    @app.errorhandler(InterfaceError)
    @app.errorhandler(IntegrityError)
    def _database(error: DBAPIError) -> Answer:
        db.session.rollback()
        if came_second(error):
            return error_page(409, STALE)
        if isinstance(error, IntegrityError):
            return _unexpected(error)
        return _unreachable(error)

    @app.errorhandler(NoConnectionLeft)
    def _unreachable(error: Exception) -> Answer:
        log.error("the database cannot be reached: %s", error)
        db.session.rollback()
        return (*error_page(503), {"Retry-After": RETRY_AFTER_SECONDS})

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Answer | HTTPException:
        if error.code is None or error.code < 400:
            return error
        # What else the answer must say, as Allow with a 405 (RFC 9110, 15.5.6).
        said = {name: value for name, value in error.get_headers() if name != "Content-Type"}
        return (*error_page(error.code), said)

    @app.errorhandler(Exception)
    def _unexpected(error: Exception) -> tuple[str, int]:
        log.exception("unexpected error", exc_info=error)
        db.session.rollback()
        return error_page(500)
