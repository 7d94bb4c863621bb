"""May this person open this address? The application itself is asked, as that person.

The view runs as it would for them, with its own access rule and queries; nothing is kept of it.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request
from flask_login import login_user
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException

from overleg.accounts.login import SignedIn
from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.errors import NotFound, OverlegError
from overleg.organisations.viewer import Viewer, viewer_for
from overleg.start.readers import reasons_of_person
from overleg.start.things import Thing, find_thing
from overleg.web import clock
from overleg.web.access import anyone, rule_of

KIND_OF_PARAMETER = {
    "annex_id": "bijlage",
    "proposal_id": "voorstel",
    "item_id": "agendapunt",
    "outcome_id": "uitkomst",
    "meeting_id": "vergadering",
    "dossier_id": "dossier",
}


class CannotAsk(Exception):
    """There is nothing to answer: no such person, or no such address. A Dutch sentence."""


@dataclass(frozen=True)
class Verdict:
    """Whether somebody may, by which rule, and what ties the person to the thing."""

    email: str
    address: str
    allowed: bool
    status: int
    rule: str
    reasons: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def may_open(app: Flask, email: str, address: str) -> Verdict:
    """Ask the application whether the person with this e-mail address may open an address.

    ``address`` is a path or a whole web address. Raises ``CannotAsk``. Changes nothing: the
    transaction is undone.
    """
    with app.app_context():
        try:
            return _answer(app, email, address)
        finally:
            session().rollback()


def _answer(app: Flask, email: str, address: str) -> Verdict:
    person = session().scalar(select(Person).where(func.lower(Person.email) == email.lower()))
    if person is None:
        raise CannotAsk(f"Niemand heeft het e-mailadres {email}.")
    parts = urlsplit(address)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    with app.test_request_context(path, method="GET"):
        if request.endpoint is None or request.endpoint == "static":
            raise CannotAsk(f"Er is geen pagina op {parts.path}.")
        return _ask(app, person, path)


def _ask(app: Flask, person: Person, path: str) -> Verdict:
    """Open the page of this request as that person."""
    rule = rule_of(app.view_functions[request.endpoint or ""])
    told: dict[str, Any] = {"email": person.email or "", "address": path}
    if rule is anyone:
        status = _status_of(app)
        return Verdict(
            **told,
            allowed=status < 400,
            status=status,
            rule="Iedereen met dit adres, ook zonder account."
            if status < 400
            else "Dit adres geldt niet of niet meer.",
        )
    if person.disabled_at_utc is not None:
        return Verdict(**told, allowed=False, status=404, rule="Deze account is gesloten.")
    who = viewer_for(person, clock.today())
    thing = _thing(request.view_args or {})
    reasons = reasons_of_person(thing, person, who.on) if thing is not None else []
    if rule is None or not rule(who):
        return Verdict(**told, allowed=False, status=404, rule=_for_whom(rule), reasons=reasons)
    login_user(SignedIn(person))
    status = _status_of(app)
    return Verdict(
        **told,
        allowed=status < 400,
        status=status,
        rule=_decided_by(who, thing, status),
        reasons=reasons,
    )


def _status_of(app: Flask) -> int:
    """What the view answers; undone afterwards, whatever it did."""
    view = app.view_functions[request.endpoint or ""]
    try:
        answer = app.make_response(app.ensure_sync(view)(**(request.view_args or {})))
    except OverlegError as refused:
        return refused.status
    except HTTPException as refused:
        return refused.code or 500
    answer.close()
    return answer.status_code


def _thing(named: dict[str, Any]) -> Thing | None:
    for parameter, kind in KIND_OF_PARAMETER.items():
        if parameter in named:
            try:
                return find_thing(kind, named[parameter])
            except NotFound:
                return None
    return None


def _for_whom(rule: Callable[[Any], bool] | None) -> str:
    """The rule of a page in the words of its own documentation."""
    said = (rule.__doc__ or "").strip().splitlines()[0] if rule and rule.__doc__ else ""
    return f"Deze pagina heeft een eigen regel: {getattr(rule, '__name__', 'geen')}. {said}".strip()


def _decided_by(who: Viewer, thing: Thing | None, status: int) -> str:
    if status == 403:
        return "Mag het zien, maar dit niet doen."
    if thing is None:
        return _rule_of_page(status)
    circle = "" if thing.circle is None else f" Kring: {thing.circle.label}."
    reach = sorted(
        f"{known_body.name} tot en met {who.reach[key].label}"
        for key, known_body in who.bodies.items()
        if key in thing.body_ids
    )
    reads = f" Leest mee in {', '.join(reach)}." if reach else " Leest in dit overleg niet mee."
    if status == 404:
        return f"{_called(thing)} is niet voor deze persoon bestemd.{circle}{reads}"
    if status >= 400:
        return f"De pagina antwoordt nu {status}.{circle}{reads}"
    return f"{_called(thing)} is voor deze persoon bestemd.{circle}{reads}"


def _rule_of_page(status: int) -> str:
    """The rule of a page that shows no single thing."""
    if status >= 400:
        return "Deze pagina is niet voor deze persoon bestemd, of bestaat niet."
    return "Wie aangemeld is; de pagina toont wat voor deze persoon bestemd is."


def _called(thing: Thing) -> str:
    """“Dit voorstel”, “Deze bijlage”."""
    article = "Deze" if thing.kind in {"bijlage", "uitkomst", "vergadering"} else "Dit"
    return f"{article} {thing.kind}"
