"""Loading the reference facts: only what is not there yet, so that corrections stay."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import InstrumentedAttribute

from overleg.audit.models import JournalEntry, JournalMention
from overleg.audit.states import Verb
from overleg.audit.workflow import System
from overleg.db import new_id, session
from overleg.organisations.composition import Period, composition
from overleg.organisations.models import (
    Body,
    BodySupporter,
    Membership,
    Organisation,
    Seat,
    ValidationStep,
)
from overleg.organisations.periods import FLOOR
from overleg.organisations.reference import read_table
from overleg.organisations.states import Article, BodyKind, OrganisationKind, ValidatedBy

Row = Mapping[str, str]
Keys = dict[tuple[str, str], str]


def load_reference(now: datetime) -> int:
    """Add the municipalities, groups, memberships and bodies that are missing; how many rows.

    What is there stays as it is, so a second run adds nothing and what was changed on a page since
    is kept: another NIS code, an end, a successor, a membership that never was.
    Seats, supporters and validation steps come only with a body that this run adds. ``now`` (UTC)
    goes into the journal. The caller commits.
    """
    added = _add_groups() + _add_municipalities()
    ids: Keys = {
        (kind.value, slug): key
        for kind, slug, key in session().execute(
            select(Organisation.kind, Organisation.slug, Organisation.id)
        )
    }
    added += _add_memberships(ids)
    return added + _add_bodies(ids, now)


def _insert(table: type[Any], rows: list[dict[str, Any]]) -> int:
    if rows:
        session().execute(insert(table), rows)
    return len(rows)


def _ids_by(column: InstrumentedAttribute[Any], kind: OrganisationKind) -> dict[str, str]:
    query = select(column, Organisation.id).where(Organisation.kind == kind)
    return {key: row_id for key, row_id in session().execute(query)}  # noqa: C416 - rows, typed


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _add_groups() -> int:
    known = {tuple(row) for row in session().execute(select(Organisation.kind, Organisation.slug))}
    return _insert(
        Organisation,
        [
            {
                "id": new_id(),
                "kind": OrganisationKind(row["kind"]),
                "slug": row["slug"],
                "name": row["name"],
                "short_name": row["short_name"],
                "kbo_number": row["kbo_number"] or None,
                "colour": row["colour"],
                "source": row["source"],
                "valid_from": FLOOR,
            }
            for row in read_table("groups")
            if (OrganisationKind(row["kind"]), row["slug"]) not in known
        ],
    )


def _add_municipalities() -> int:
    by_nis = _ids_by(Organisation.nis_code, OrganisationKind.MUNICIPALITY)
    provinces = _ids_by(Organisation.short_name, OrganisationKind.PROVINCE)
    # A successor must be there before who points at it: the newest municipalities go first.
    table = sorted(read_table("municipalities"), key=lambda row: bool(row["successor_nis"]))
    rows = []
    by_slug = _ids_by(Organisation.slug, OrganisationKind.MUNICIPALITY)
    for row in table:
        if row["nis_code"] in by_nis or row["slug"] in by_slug:
            continue
        key = by_nis[row["nis_code"]] = new_id()
        rows.append(
            {
                "id": key,
                "kind": OrganisationKind.MUNICIPALITY,
                "slug": row["slug"],
                "name": row["name"],
                "short_name": "",
                "nis_code": row["nis_code"],
                "kbo_number": row["kbo_number"] or None,
                "ovo_number": row["ovo_number"] or None,
                "colour": "",
                "source": row["ids_source"],
                "province_id": provinces.get(row["province"]),
                "successor_id": by_nis.get(row["successor_nis"]),
                "valid_from": _day(row["valid_from"]) or FLOOR,
                "valid_to": _day(row["valid_to"]),
            }
        )
    return _insert(Organisation, rows)


def _add_memberships(ids: Keys) -> int:
    known = {
        tuple(row) for row in session().execute(select(Membership.group_id, Membership.member_id))
    }
    by_nis = _ids_by(Organisation.nis_code, OrganisationKind.MUNICIPALITY)
    for row in read_table("municipalities"):
        if row["nis_code"] not in by_nis:
            by_nis[row["nis_code"]] = ids[OrganisationKind.MUNICIPALITY.value, row["slug"]]
    never = _withdrawn()
    rows = []
    for row in read_table("memberships"):
        group, member = ids[row["kind"], row["group"]], by_nis[row["nis_code"]]
        if (group, member) not in known and (group, member) not in never:
            rows.append(
                {
                    "id": new_id(),
                    "group_id": group,
                    "member_id": member,
                    "valid_from": _day(row["valid_from"]) or FLOOR,
                    "valid_to": _day(row["valid_to"]),
                    "source": row["source"],
                }
            )
    return _insert(Membership, rows)


def _withdrawn() -> set[tuple[str, str]]:
    """The pairs of group and member that somebody said never belonged together."""
    rows = session().execute(
        select(JournalEntry.subject_id, JournalMention.thing_id)
        .join(JournalMention, JournalMention.entry_id == JournalEntry.id)
        .where(JournalEntry.verb == Verb.MEMBER_WITHDRAWN)
    )
    return {(group, member) for group, member in rows}


def _add_bodies(ids: Keys, now: datetime) -> int:
    known = set(session().scalars(select(Body.slug)))
    new = {row["slug"]: (new_id(), row) for row in read_table("bodies") if row["slug"] not in known}
    added = _insert(Body, [_body(key, row, ids) for key, row in new.values()])
    added += _insert(
        BodySupporter,
        [
            {"body_id": key, "organisation_id": ids[_pair(name)]}
            for key, row in new.values()
            for name in row["supporters"].split()
        ],
    )
    added += _insert(ValidationStep, [_step(key, row) for key, row in new.values()])
    added += _insert(Seat, list(_seats(new, ids)))
    _insert(JournalEntry, [_started(key, row, now) for key, row in new.values()])
    return added


def _pair(text: str) -> tuple[str, str]:
    kind, _, slug = text.partition(":")
    return kind, slug


def _body(key: str, row: Row, ids: Keys) -> dict[str, Any]:
    return {
        "id": key,
        "slug": row["slug"],
        "name": row["name"],
        "short_name": row["short_name"],
        "article": Article(row["article"]),
        "kind": BodyKind(row["kind"]),
        "region_id": ids["region", row["region"]],
        "founded_year": int(row["founded_year"]) if row["founded_year"] else None,
        "rhythm": row["rhythm"],
        "description": row["description"],
    }


def _step(key: str, row: Row) -> dict[str, Any]:
    validated_by, quorum, majority = row["validation"].split(":")
    return {
        "id": new_id(),
        "body_id": key,
        "position": 1,
        "validated_by": ValidatedBy(validated_by),
        "quorum": int(quorum),
        "majority_percent": int(majority),
    }


def _seats(new: Mapping[str, tuple[str, Row]], ids: Keys) -> Iterable[dict[str, Any]]:
    periods: dict[str, Period] = {
        key: (start, end)
        for key, start, end in session().execute(
            select(Organisation.id, Organisation.valid_from, Organisation.valid_to)
        )
    }
    members: dict[str, list[tuple[str, Period]]] = {}
    for group, member, start, end in session().execute(
        select(
            Membership.group_id, Membership.member_id, Membership.valid_from, Membership.valid_to
        ).order_by(Membership.group_id, Membership.member_id)
    ):
        members.setdefault(group, []).append((member, (start, end)))
    for row in read_table("seats"):
        if row["body"] in new:
            key, _body_row = new[row["body"]]
            yield from composition(row, body_id=key, ids=ids, periods=periods, members=members)


def _started(key: str, row: Row, now: datetime) -> dict[str, Any]:
    return {
        "at_utc": now,
        "verb": Verb.BODY_STARTED,
        "subject_type": Body.__tablename__,
        "subject_id": key,
        "subject_label": Article(row["article"]).before(row["name"]),
        "actor_name": System.name,
        "reason": "",
    }
