"""Adding a partner organisation and changing what is known of an organisation."""

from datetime import datetime

from sqlalchemy import select

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import slugify
from overleg.organisations.models import Organisation
from overleg.organisations.states import OrganisationKind

KBO_DIGITS = 10


def add_organisation(
    *,
    name: str,
    short_name: str,
    kbo_number: str,
    by: Actor,
    now: datetime,
    kind: OrganisationKind = OrganisationKind.PARTNER,
) -> Organisation:
    """Add an organisation that people can have a seat or a role for, from today (in Brussels).

    Raises ``Refused`` for a name that stands there already, or a KBO number that cannot be right.
    """
    slug = slugify(name)
    if not slug:
        raise Refused("Geef een naam met minstens één letter of cijfer.")
    same = select(Organisation.id).where(Organisation.kind == kind, Organisation.slug == slug)
    if session().scalar(same):
        raise Refused(f"{name} staat al in de lijst.")
    organisation = Organisation(
        id=new_id(),
        kind=kind,
        slug=slug,
        name=name,
        short_name=short_name,
        kbo_number=read_kbo_number(kbo_number),
        valid_from=local_date(now),
    )
    session().add(organisation)
    session().flush()
    record(Verb.ORGANISATION_ADDED, organisation, by=by, now=now)
    return organisation


def change_organisation(
    organisation: Organisation,
    *,
    name: str,
    short_name: str,
    kbo_number: str,
    colour: str,
    by: Actor,
    now: datetime,
) -> None:
    """Change name, short name, KBO number and a region's colour. Raises ``Refused`` for a wrong
    KBO number."""
    organisation.kbo_number = read_kbo_number(kbo_number)
    organisation.name = name
    organisation.short_name = short_name
    organisation.colour = colour
    session().flush()
    record(Verb.ORGANISATION_CHANGED, organisation, by=by, now=now)


def set_sign_off(
    organisation: Organisation, *, is_required: bool, by: Actor, now: datetime
) -> None:
    """Set whether the general director signs proposals off before they leave the municipality.

    It holds for what is submitted from now on. Raises ``NotPossible`` when it stands so already.
    """
    if organisation.requires_sign_off is is_required:
        already = "tekent al af" if is_required else "tekent nu al niet af"
        raise NotPossible(f"De algemeen directeur van {organisation.name} {already}.")
    organisation.requires_sign_off = is_required
    session().flush()
    reason = "de algemeen directeur tekent voorstellen af"
    record(
        Verb.ORGANISATION_CHANGED,
        organisation,
        by=by,
        now=now,
        reason=reason if is_required else f"{reason}: niet meer",
    )


def read_kbo_number(text: str) -> str | None:
    """Ten digits from ``0206.767.574`` or ``BE 0206767574``; None for an empty text.

    The last two are 97 minus the rest of the first eight divided by 97 (KBO). Raises ``Refused``.
    """
    digits = "".join(c for c in text if c.isdecimal() and c.isascii())
    if not text.strip():
        return None
    if len(digits) != KBO_DIGITS or int(digits[8:]) != 97 - int(digits[:8]) % 97:
        raise Refused(
            "Dit ondernemingsnummer klopt niet: het telt tien cijfers, zoals 0206.767.574."
        )
    return digits
