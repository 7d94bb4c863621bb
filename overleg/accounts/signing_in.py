"""What happens when somebody who did not sign in opens a page, or sends a form with a stale token.

What they typed is kept and comes back (``kept_input``). Who keeps the files that came with it
is said with ``on_kept_input``: it is given those of somebody who is known only. A page of ours says
in its forms with files, signed, who had it before them, so that they are known without a session.
"""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from overleg.accounts import kept_input
from overleg.accounts.local_paths import local_path
from overleg.accounts.login import SESSION_LIFETIME, current_person, had_kept, remember_kept
from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.addresses import parts_of
from overleg.web import clock
from overleg.web.commits import keep_now
from overleg.web.errors import STALE_PAGE, error_page
from overleg.web.forms import InputToReturn
from overleg.web.way_back import page_at

SIGN_IN_AGAIN = "Uw sessie was verlopen. Wat u typte, is bewaard: meld u aan om verder te gaan."
NOT_KEPT = "Uw sessie was verlopen. Wat u verstuurde, kon niet bewaard worden. Meld u aan."
TRY_AGAIN = "Deze pagina stond te lang open. Probeer het opnieuw."
KEEPER = "keeper_of_files"

FileKeeper = Callable[[str, Person, datetime], None]
"""Keeps the files of the request at hand, under this secret, for this person."""


def on_kept_input(app: Flask, keep_files: FileKeeper) -> None:
    """Have ``keep_files`` called when what somebody who is known typed was kept."""
    app.extensions[KEEPER] = keep_files


def ask_to_sign_in() -> Response:
    """To the sign-in page, and back here afterwards with what was typed."""
    if request.method in {"GET", "HEAD"}:
        here = local_path(request.full_path.rstrip("?"))
        return redirect(url_for("accounts.sign_in", verder=here))
    page = page_of_form()
    token = _keep(page) if is_from_here() else None
    flash(SIGN_IN_AGAIN if token else NOT_KEPT, "warning")
    return redirect(url_for("accounts.sign_in", verder=_with_token(page, token)), code=303)


def answer_stale_token(_error: CSRFError) -> ResponseReturnValue:
    """A form whose token no longer holds: back to its page, with what was typed in it.

    A form without any token was not made by a page of ours: that is refused.
    """
    if not request.form.get("csrf_token") or not is_from_here():
        return error_page(400, STALE_PAGE)
    page = page_of_form()
    token = _keep(page)
    if token is None:
        flash(TRY_AGAIN, "warning")
    return redirect(_with_token(page, token), code=303)


def take_kept_input() -> None:
    """Before a page is made: what was kept for it, for the page's form to take."""
    token = request.args.get(kept_input.ARGUMENT) if request.query_string else None
    if not token or request.method != "GET" or not had_kept(token):
        return
    fields = kept_input.take_back(
        token, path=request.path, person=current_person(), now=clock.now()
    )
    if fields is not None:
        files = fields.poplist(kept_input.FILE_NAME)
        action = fields.pop(kept_input.SENT_TO, "")
        g.kept_input = InputToReturn(fields, action, files)


def is_from_here() -> bool:
    """Whether a page of ours sent this, as far as the browser tells.

    Another site could otherwise have its own text shown as if the visitor had typed it.
    """
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", request.headers.get("Referer"))
    return site == "same-origin" and (origin is None or parts_of(origin).netloc == request.host)


def page_of_form() -> str:
    """The page on which the form of this request stands: this address, or where it came from."""
    if page_at(request.path):
        return request.full_path.rstrip("?")
    came_from = parts_of(request.referrer or "")
    if came_from.netloc == request.host and page_at(came_from.path):
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return "/"


def opened_by() -> str:
    """Who is signed in, signed, for a form to tell when it is sent; empty when nobody is."""
    person = current_person()
    return _signer().dumps(person.id) if person is not None else ""


def _who_opened() -> Person | None:
    """Who had the page of this form before them, no longer ago than a session lives."""
    try:
        person_id = _signer().loads(
            request.form.get(kept_input.OPENED_BY, ""),
            max_age=int(SESSION_LIFETIME.total_seconds()),
        )
    except BadData:
        return None
    person = session().get(Person, person_id)
    return person if person is not None and person.disabled_at_utc is None else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="opened-by")


def _keep(page: str) -> str | None:
    token = kept_input.keep(
        request.form.items(multi=True),
        [file.filename or "" for _name, file in request.files.items(multi=True)],
        path=urlsplit(page).path,
        action=request.script_root + request.path,
        person=current_person(),
        network=request.remote_addr or "",
        now=clock.now(),
    )
    person = current_person() or _who_opened()
    if token and person is not None and any(file.filename for file in request.files.values()):
        keep_files: FileKeeper = current_app.extensions[KEEPER]
        keep_files(token, person, clock.now())
    keep_now()
    if token:
        remember_kept(token)
    return token


def _with_token(page: str, token: str | None) -> str:
    if token is None:
        return page
    path, _, query = page.partition("?")
    others = [part for part in query.split("&") if part and not part.startswith("bewaard=")]
    return f"{path}?{'&'.join([*others, f'{kept_input.ARGUMENT}={token}'])}"
