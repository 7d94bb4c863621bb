"""The one door to Flask-Login: who is signed in, signing in and out.

The session holds the person's id and session version; raising the version signs out everywhere.
"""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from flask import session as browser_session
from flask_login import LoginManager, current_user, login_user, logout_user

from overleg.accounts.models import Person
from overleg.accounts.tokens import hash_token
from overleg.lib.errors import NotFound
from overleg.web import clock

SESSION_LIFETIME = timedelta(days=14)

SIGNED_ON = "day"
KEPT_TOKENS = "kept"
MOST_KEPT_TOKENS = 5

login_manager = LoginManager()


class SignedIn:
    """What Flask-Login keeps: a person and the session version of the moment of signing in."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, person: Person) -> None:
        self.person = person

    def get_id(self) -> str:
        """The text kept in the session cookie."""
        return f"{self.person.id}:{self.person.session_version}"


def current_person() -> Person | None:
    """Who is signed in to this request, or None."""
    return current_user.person if current_user.is_authenticated else None


def signed_in_person() -> Person:
    """Who is signed in; for pages that let nobody else in. Raises ``NotFound`` otherwise."""
    person = current_person()
    if person is None:
        raise NotFound
    return person


def sign_in(person: Person) -> None:
    """Begin a new session for this person; of the one before only what was typed stays."""
    kept = browser_session.get(KEPT_TOKENS)
    browser_session.clear()
    browser_session.permanent = True
    if kept:
        browser_session[KEPT_TOKENS] = kept
    _renew_daily()
    login_user(SignedIn(person))


def sign_out() -> None:
    """End this session."""
    logout_user()
    browser_session.clear()


def remember_kept(token: str) -> None:
    """Note that this browser had something kept under this secret."""
    kept = [*browser_session.get(KEPT_TOKENS, []), hash_token(token)]
    browser_session[KEPT_TOKENS] = kept[-MOST_KEPT_TOKENS:]


def had_kept(token: str) -> bool:
    """Whether this browser had something kept under this secret; another's is not shown."""
    return hash_token(token) in browser_session.get(KEPT_TOKENS, [])


def _renew_daily() -> None:
    """Sign the session cookie anew on the first page of a day, instead of on every page."""
    today = clock.today().isoformat()
    if browser_session.get(SIGNED_ON) != today:
        browser_session[SIGNED_ON] = today


def init_login(app: Flask, find_person: Callable[[str], Person | None]) -> None:
    """Bind Flask-Login; the session cookie lives 14 days after the last day it was used.

    Its own binding would look, in the session of every answer, for a cookie that remembers somebody
    beside it. There is none, and feeds and files have no use for a session.

    ``find_person`` gives the person of an id. Whether this session is still theirs is judged here.
    """

    def load(kept: str) -> SignedIn | None:
        person_id, _, version = kept.partition(":")
        person = find_person(person_id)
        if person is None or person.disabled_at_utc or str(person.session_version) != version:
            return None
        _renew_daily()
        return SignedIn(person)

    login_manager.session_protection = None
    login_manager.user_loader(load)
    app.login_manager = login_manager  # type: ignore[attr-defined]
    app.permanent_session_lifetime = SESSION_LIFETIME
    app.context_processor(lambda: {"current_person": current_person()})
