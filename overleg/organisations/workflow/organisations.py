"""Adding organisations and changing what is known of them, their begin, end and successor too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.lib.dates import ONE_DAY, format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import slugify
from overleg.organisations.models import Organisation
from overleg.organisations.periods import FLOOR
from overleg.organisations.states import OrganisationKind
from overleg.organisations.wording import changes_in_words, organisation_in_words
from overleg.organisations.workflow.endings import (
    Ended,
    Held,
    end_with,
    held_after,
    refuse_earlier_end,
    refuse_later_begin,
)

KBO_DIGITS = 10


@dataclass(frozen=True)
class Details:
    """What can be known of an organisation; codes as they were typed.

    Without ``valid_from`` it was there before 2023 already. With a successor and without
    ``valid_to``, its last day is the one before the successor begins.
    """

    name: str
    short_name: str = ""
    nis_code: str = ""
    ovo_number: str = ""
    kbo_number: str = ""
    colour: str = ""
    province: Organisation | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successor: Organisation | None = None


def add_organisation(
    kind: OrganisationKind, details: Details, *, by: Actor, now: datetime
) -> Organisation:
    """Add an organisation of a kind; it begins on its ``valid_from``, or today (in Brussels).

    Raises ``Refused`` for a name that stands there already, a code that cannot be right or is
    another's, or an end or a successor that cannot be.
    """
    base = slugify(details.name)
    if not base:
        raise Refused("Geef een naam met minstens één letter of cijfer.")
    organisation = Organisation(
        id=new_id(), kind=kind, valid_from=details.valid_from or local_date(now)
    )
    organisation.slug = _free_slug(organisation, details, base)
    _fill(organisation, _checked(organisation, details, organisation.valid_from))
    session().add(organisation)
    _flush(organisation)
    told = organisation_in_words(organisation)
    known = [f"{name}: {value}" for name, value in told.items() if value and name != "Naam"]
    record(Verb.ORGANISATION_ADDED, organisation, by=by, now=now, reason="; ".join(known))
    return organisation


def change_organisation(
    organisation: Organisation, details: Details, *, revision: int, by: Actor, now: datetime
) -> Ended:
    """Change what is known of an organisation; what ended with it.

    Where it ends, the seats, roles and memberships that would run on end with it, and the members
    of a group go along to its successor. The journal says what was otherwise. Raises ``Refused``
    as :func:`add_organisation` does, and where what was noted would no longer be so;
    ``EditConflict`` when somebody saved since ``revision``.
    """
    refuse_stale(organisation, revision, "deze organisatie")
    before = organisation_in_words(organisation)
    values = _checked(organisation, details, details.valid_from or FLOOR)
    if values["valid_from"] != organisation.valid_from:
        refuse_later_begin(organisation, values["valid_from"])
    if values["valid_to"] != organisation.valid_to:
        refuse_earlier_end(organisation, values["valid_to"])
    _fill(organisation, values)
    _flush(organisation)
    if changes := changes_in_words(before, organisation_in_words(organisation)):
        record(Verb.ORGANISATION_CHANGED, organisation, by=by, now=now, reason=changes)
    return end_with(organisation, by=by, now=now)


def ending_with(organisation: Organisation, details: Details) -> Held:
    """What would end with an organisation if it were changed so; raises ``Refused`` likewise."""
    last = _last_day(organisation, details, details.valid_from or FLOOR)
    return held_after(organisation, last) if last is not None else Held((), (), ())


def _checked(organisation: Organisation, details: Details, first: date) -> dict[str, Any]:
    """What was typed, by column. Raises ``Refused`` for what cannot be."""
    first = max(first, FLOOR)
    last = _last_day(organisation, details, first)
    codes = {
        "nis_code": read_nis_code(details.nis_code),
        "ovo_number": read_ovo_number(details.ovo_number),
        "kbo_number": read_kbo_number(details.kbo_number),
    }
    if organisation.kind is OrganisationKind.MUNICIPALITY and codes["nis_code"] is None:
        raise Refused("Geef de NIS-code van de gemeente: vijf cijfers.")
    _refuse_taken(organisation, codes, first, last)
    return {
        "name": details.name,
        "short_name": details.short_name,
        "colour": details.colour,
        "province": details.province,
        "successor": details.successor,
        "valid_from": first,
        "valid_to": last,
        **codes,
    }


def _fill(organisation: Organisation, values: Mapping[str, Any]) -> None:
    for column, value in values.items():
        setattr(organisation, column, value)


def _last_day(organisation: Organisation, details: Details, first: date) -> date | None:
    """The last day as asked, or the one before the successor; refuses what cannot be."""
    last, into = details.valid_to, details.successor
    if into is not None:
        _refuse_successor(organisation, details.name, into)
        if last is None and into.start_is_known:
            last = into.valid_from - ONE_DAY
        if last is None:
            raise Refused(f"{into.name} bestond al. Zeg wat de laatste dag van {details.name} is.")
        if not into.valid_on(last + ONE_DAY):
            until = f" tot en met {format_date(into.valid_to)}" if into.valid_to else ""
            since = f" vanaf {format_date(into.valid_from)}" if into.start_is_known else ""
            raise Refused(
                f"{into.name} bestaat{since}{until}, dus niet op {format_date(last + ONE_DAY)}, de "
                f"dag na de laatste van {details.name}. Kies een andere dag of opvolger."
            )
    if last is not None and last < first:
        raise Refused("De laatste dag ligt voor de eerste. Kies een latere laatste dag.")
    return last


def _refuse_successor(organisation: Organisation, name: str, into: Organisation) -> None:
    if into is organisation:
        raise Refused(f"{name} kan niet in zichzelf opgaan. Kies een andere opvolger.")
    if into.kind is not organisation.kind:
        raise Refused(
            f"{into.name} is een {into.kind.label}. Kies een opvolger van dezelfde soort: "
            f"{organisation.kind.label}."
        )
    following: Organisation | None = into
    while following is not None:
        if following is organisation:
            raise Refused(f"{into.name} ging zelf op in {name}. Kies een andere opvolger.")
        following = following.successor


def _refuse_taken(
    organisation: Organisation, codes: Mapping[str, str | None], first: date, last: date | None
) -> None:
    """Refuse a code of another one: a NIS code ever, the others of one that is there meanwhile.

    A municipality that carries on after a merger can keep the numbers of one that went up in it.
    """
    for column, label in CODES.items():
        code = codes[column]
        if code is None or code == getattr(organisation, column):
            continue
        others = select(Organisation).where(
            getattr(Organisation, column) == code, Organisation.id != organisation.id
        )
        if column != "nis_code":
            others = others.where(
                or_(Organisation.valid_to.is_(None), Organisation.valid_to >= first)
            )
            if last is not None:
                others = others.where(Organisation.valid_from <= last)
        other = session().scalar(others.limit(1))
        if other is not None:
            raise Refused(f"{label} {code} is al van {other.name} ({other.kind.label}).")


CODES = {
    "nis_code": "De NIS-code",
    "ovo_number": "De OVO-code",
    "kbo_number": "Het ondernemingsnummer",
}


def _free_slug(organisation: Organisation, details: Details, base: str) -> str:
    """The address; one of the same name that is gone by then keeps its own."""
    known = session().execute(
        select(Organisation.slug, Organisation.valid_to).where(
            Organisation.kind == organisation.kind,
            or_(Organisation.slug == base, Organisation.slug.startswith(f"{base}-")),
        )
    )
    until = {slug: valid_to for slug, valid_to in known}  # noqa: C416 - a row is no pair to mypy
    if base not in until:
        return base
    slug = f"{base}-{read_nis_code(details.nis_code) or organisation.valid_from.year}"
    last = until[base]
    if last is None or last >= organisation.valid_from or slug in until:
        raise Refused(
            f"{details.name} staat al in de lijst. Gaat die op in een nieuwe met dezelfde naam, "
            "vul daar dan eerst de laatste dag in."
        )
    return slug


def _flush(organisation: Organisation) -> None:
    name = organisation.name
    try:
        session().flush()
    except IntegrityError:
        session().rollback()
        raise Refused(f"{name} of haar NIS-code staat al in de lijst.") from None


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


def read_nis_code(text: str) -> str | None:
    """Five digits (Statbel); None for an empty text. Raises ``Refused``."""
    code = "".join(text.split())
    if code and not re.fullmatch(r"[1-9][0-9]{4}", code):
        raise Refused("Deze NIS-code klopt niet: het zijn vijf cijfers, zoals 36015.")
    return code or None


def read_ovo_number(text: str) -> str | None:
    """``OVO`` and six digits (Wegwijs); None for an empty text. Raises ``Refused``."""
    code = "".join(text.split()).upper()
    if code and not re.fullmatch(r"OVO[0-9]{6}", code):
        raise Refused("Deze OVO-code klopt niet: het is OVO en zes cijfers, zoals OVO002139.")
    return code or None


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
