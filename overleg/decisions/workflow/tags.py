"""Labels on municipalities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, refuse_stale, session
from overleg.decisions.models import MunicipalityTag
from overleg.decisions.queries.choosing import tags_of
from overleg.lib.errors import Refused
from overleg.organisations.models import Body, Organisation


@dataclass(frozen=True)
class Labelled:
    """A label as filled in: its name, whether all bodies of the region have it, and on what."""

    name: str
    for_region: bool
    municipalities: Sequence[Organisation]


def keep_tag(
    body: Body,
    tag: MunicipalityTag | None,
    filled_in: Labelled,
    *,
    revision: int,
    by: Person,
    now: datetime,
) -> MunicipalityTag:
    """Make a label, or change one.

    Raises ``EditConflict`` when somebody saved it since ``revision``, ``Refused`` for a name that
    is taken, without municipalities, or for the region of a body that has none.
    """
    refuse_stale(tag, revision, "dit label")
    if not filled_in.municipalities:
        raise Refused("Kies minstens één gemeente voor dit label.")
    if filled_in.for_region and body.region_id is None:
        raise Refused(
            "Dit overleg hoort bij geen regio: het label kan enkel voor dit overleg zijn."
        )
    region_id = body.region_id if filled_in.for_region else None
    body_id = None if filled_in.for_region else body.id
    same_name = [one for one in tags_of(body) if one.name.lower() == filled_in.name.lower()]
    if any(one is not tag for one in same_name):
        raise Refused(f"Er is al een label “{filled_in.name}”.")
    if tag is None:
        tag = MunicipalityTag(id=new_id())
        session().add(tag)
    tag.name, tag.body_id, tag.region_id = filled_in.name, body_id, region_id
    tag.municipalities = list(filled_in.municipalities)
    flag_modified(tag, "name")  # other municipalities alone are a new revision too
    record(Verb.TAG_CHANGED, tag, by=by, now=now)
    return tag


def remove_tag(tag: MunicipalityTag, *, by: Person, now: datetime) -> None:
    """Remove a label; what was released with it stays."""
    record(Verb.TAG_REMOVED, tag, by=by, now=now)
    session().delete(tag)
