"""What the forms of this package offer to choose from, and who was chosen."""

from collections.abc import Iterable
from datetime import date, datetime

from flask import request
from wtforms.fields.choices import SelectChoice

from overleg.accounts.models import Person
from overleg.accounts.queries import person_by_email
from overleg.accounts.workflow import add_person, invite_person
from overleg.audit.workflow import Actor
from overleg.db import session
from overleg.lib.errors import Refused
from overleg.organisations.forms import PersonForm
from overleg.organisations.models import Body, Organisation
from overleg.organisations.queries.bodies import seats_of
from overleg.organisations.queries.organisations import organisations_of_kind
from overleg.organisations.queries.people import Scope, find_people, scope_of
from overleg.organisations.states import OrganisationKind
from overleg.organisations.viewer import Viewer
from overleg.web import clock
from overleg.web.access import viewer as web_viewer

SUPPORTING_KINDS = (
    OrganisationKind.DEVELOPMENT_ASSOCIATION,
    OrganisationKind.PROVINCE,
    OrganisationKind.PARTNER,
)
MOST_PEOPLE = 500


def viewer() -> Viewer:
    """Who looks at this page."""
    found: Viewer = web_viewer()
    return found


def me() -> Person:
    """Who is signed in; pages of this package are for people who are."""
    person = viewer().person
    if person is None:
        raise Refused("Meld u eerst aan.")
    return person


def asked_day() -> date:
    """The day in ``?op=``, or today; a day that cannot be read is today."""
    try:
        return date.fromisoformat(request.args.get("op", ""))
    except ValueError:
        return clock.today()


def as_choices(
    things: Iterable[Organisation | Body], *, none: str | None = None
) -> list[SelectChoice]:
    """Organisations or bodies as choices of a field; ``none`` is the label of choosing nothing."""
    first = [SelectChoice("", none)] if none is not None else []
    return first + [SelectChoice(thing.id, thing.name) for thing in things]


def grouped_choices(organisations: Iterable[Organisation]) -> list[SelectChoice]:
    """Organisations as choices of a field, under the name of their kind."""
    return [
        SelectChoice(
            organisation.id, organisation.name, optgroup=organisation.kind.label.capitalize()
        )
        for organisation in sorted(organisations, key=lambda o: (o.kind.value, o.name))
    ]


def supporters_to_choose(on: date, chosen: Iterable[Organisation] = ()) -> list[Organisation]:
    """Who can support a body: associations, provinces, partners, and who already does."""
    offered = list(organisations_of_kind(*SUPPORTING_KINDS, on=on))
    return offered + [organisation for organisation in chosen if organisation not in offered]


def offer_people(
    form: PersonForm, body: Body, on: date, *, none: str = "nog niemand"
) -> list[SelectChoice]:
    """Offer who is known at this table or in its organisations on a day; the first is nobody.

    Returns the choices. Only of organisations in the scope of who looks: others' people are given
    by e-mail address.
    """
    own = scope_of(viewer())
    known = frozenset(seat.organisation_id for seat in seats_of(body.id, on))
    scope = Scope(
        everywhere=False,
        body_ids=frozenset({body.id}),
        organisation_ids=known if own.everywhere else known & own.organisation_ids,
    )
    people, _total = find_people(scope, "", limit=MOST_PEOPLE)
    choices = [
        SelectChoice("", none),
        *(SelectChoice(person.id, _with_email(person)) for person in people),
    ]
    form.person.choices = choices
    return choices


def _with_email(person: Person) -> str:
    return f"{person.name} ({person.email})" if person.email else person.name


def chosen_person(
    form: PersonForm, known: Iterable[SelectChoice], *, gets: str, by: Actor, now: datetime
) -> Person | None:
    """Who was chosen or typed, or None for nobody; somebody new is added and invited.

    ``gets`` tells the invited what for: ``een zetel in het Midwestoverleg``.
    Raises ``Refused`` for an e-mail address without a name, when nobody has that address yet.
    """
    email, name = form.new_email.data or "", form.new_name.data or ""
    if not email and not name:
        chosen = next((c.value for c in known if c.value and c.value == form.person.data), None)
        return session().get(Person, chosen) if chosen else None
    found = person_by_email(email) if email else None
    if found is not None:
        return found
    if not name:
        raise Refused("Niemand heeft dit e-mailadres. Vul ook de naam in.")
    person = add_person(name, email or None, by=by, now=now)
    if email and form.invite.data:
        invite_person(person, has=[gets], by=by, now=now)
    return person
