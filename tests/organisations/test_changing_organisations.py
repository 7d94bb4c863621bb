"""The next merger, from the pages: adding organisations of every kind, their end and successor."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.lib.errors import Refused
from overleg.organisations.loading import load_reference
from overleg.organisations.models import Membership, Organisation, RoleAssignment, Seat
from overleg.organisations.queries import members_of, organisations_of_kind
from overleg.organisations.states import OrganisationKind, SeatFunction, SeatKind
from overleg.organisations.workflow import (
    Details,
    add_member,
    add_organisation,
    add_seat,
    change_organisation,
    withdraw_membership,
)
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]
MERGED_ON, LAST_DAY = date(2031, 1, 1), date(2030, 12, 31)
TODAY = date(2026, 3, 2)
ZONE = OrganisationKind.EMERGENCY_ZONE
TOWN = OrganisationKind.MUNICIPALITY


def named(session: Session, name: str) -> Organisation:
    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def details_of(organisation: Organisation, **changed: object) -> Details:
    known = {
        "name": organisation.name,
        "short_name": organisation.short_name,
        "colour": organisation.colour,
        "province": organisation.province,
        "nis_code": organisation.nis_code or "",
        "ovo_number": organisation.ovo_number or "",
        "kbo_number": organisation.kbo_number or "",
        "valid_from": organisation.valid_from if organisation.start_is_known else None,
        "valid_to": organisation.valid_to,
        "successor": organisation.successor,
    }
    return Details(**{**known, **changed})  # type: ignore[arg-type]


def add(kind: OrganisationKind, details: Details, cast: Cast, now: datetime) -> Organisation:
    return add_organisation(kind, details, by=cast.administrator, now=now)


def page_of(organisation: Organisation) -> str:
    return f"/organisaties/{organisation.id}/wijzigen"


def test_support_staff_enter_the_next_merger(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    region = cast.midwest.region
    assert region is not None
    new = {"name": "Nieuwstad", "nis_code": "37099", "valid_from": "2031-01-01"}
    added = client.send("/organisaties/nieuw?soort=municipality", {**new, "region": region.id})
    assert added.status_code == 302
    town = named(session, "Nieuwstad")
    assert [each.name for each in members_of(region, MERGED_ON)][1] == "Nieuwstad"
    answer = client.send(page_of(cast.tielt), {"successor": town.id})
    told = client.get(answer.location or "").text
    assert "Eindigt mee: 2 zetels, 2 rollen en 1 lidmaatschap." in told
    assert "bestaat tot en met 31 december 2030 en gaat dan op in" in told
    session.expire_all()
    assert (cast.tielt.valid_to, cast.tielt.successor) == (LAST_DAY, town)
    assert "Tielt" not in [each.name for each in members_of(region, MERGED_ON)]
    for table in (Seat, RoleAssignment):
        late = select(func.count(table.id)).where(
            table.organisation_id == cast.tielt.id, table.valid_on(MERGED_ON)
        )
        assert session.scalar(late) == 0
    (changed,) = history_of([cast.tielt.id])
    assert changed.verb is Verb.ORGANISATION_CHANGED
    assert changed.reason == (
        "Laatste dag: 31 december 2030 (was: niets); Ging op in: Nieuwstad (was: niets)"
    )
    (first,) = history_of([town.id])
    assert first.reason == "NIS-code: 37099; Eerste dag: 1 januari 2031"
    page = client.get(f"/organisaties/{town.id}").text
    assert "Ontstaan uit" in page
    assert "Nam over" not in page


def test_what_was_there_before_a_merger_took_the_other_over(
    cast: Cast, sign_in_as: SIGN_IN
) -> None:
    client = sign_in_as(cast.support)
    client.send(page_of(cast.tielt), {"successor": cast.izegem.id, "valid_to": "2030-12-31"})
    page = client.get(f"/organisaties/{cast.izegem.id}").text
    assert "Nam over" in page
    assert "Ontstaan uit" not in page


def test_a_municipality_carries_on_in_the_new_one_of_its_name(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    client = sign_in_as(cast.support)
    client.send(page_of(cast.tielt), {"valid_to": LAST_DAY.isoformat()})
    new = add(TOWN, Details("Tielt", nis_code="37099", valid_from=MERGED_ON), cast, now)
    client.send(page_of(cast.tielt), {"successor": new.id})
    region = cast.midwest.region
    assert region is not None
    for address in (f"/organisaties/{region.id}/leden", "/regios/midwest?op=2031-02-01"):
        assert "opgegaan in het nieuwe Tielt" in client.get(address).text
    assert "het nieuwe Tielt</a>" in client.get(f"/organisaties/{cast.tielt.id}").text


def test_what_ends_with_a_municipality_says_so_in_its_own_history(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    town = add(TOWN, Details("Nieuwstad", nis_code="37099", valid_from=MERGED_ON), cast, now)
    ended = change_organisation(
        cast.tielt,
        details_of(cast.tielt, successor=town),
        revision=cast.tielt.revision,
        by=cast.administrator,
        now=now,
    )
    assert (ended.seats, ended.roles, ended.memberships, ended.moved) == (2, 2, 1, 0)
    seat = session.scalars(
        select(Seat).where(Seat.person_id == cast.tielt_mayor.id, Seat.body_id == cast.midwest.id)
    ).one()
    (entry,) = history_of([seat.id])
    assert entry.reason == "laatste dag 31 december 2030, met Tielt"
    former = session.scalars(select(Seat).where(Seat.person_id == cast.former_mayor.id)).one()
    assert former.valid_to == date(2025, 12, 31)


def test_an_administrator_adds_every_kind(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.administrator)
    for kind in OrganisationKind:
        fields = {"name": f"Nieuwe {kind.value}"}
        if kind is TOWN:
            fields |= {"nis_code": "99999", "region": cast.midwest.region_id or ""}
        sent = client.send(f"/organisaties/nieuw?soort={kind.value}", fields)
        assert sent.status_code == 302, kind
        assert named(session, fields["name"]).kind is kind


def test_support_staff_add_a_zone_with_a_municipality_of_their_own(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    page = "/organisaties/nieuw?soort=emergency_zone"
    alone = client.send(page, {"name": "Zone Nieuw"})
    assert (alone.status_code, "Kies een eerste gemeente" in alone.text) == (422, True)
    assert cast.aalst.id not in client.get(page).text
    new = {"name": "Zone Nieuw", "member": cast.izegem.id, "valid_from": "2031-01-01"}
    assert client.send(page, new).status_code == 302
    zone = named(session, "Zone Nieuw")
    assert members_of(zone, MERGED_ON) == [cast.izegem]
    assert client.get(f"/organisaties/{zone.id}/leden").status_code == 200
    assert sign_in_as(cast.committee_support).get(page_of(zone)).status_code == 404


def test_the_members_of_a_zone_go_along_to_its_successor(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    old = add(ZONE, Details("Zone Oud", valid_from=date(2020, 1, 1)), cast, now)
    into = add(ZONE, Details("Zone Nieuw", valid_from=MERGED_ON), cast, now)
    for town in (cast.roeselare, cast.izegem):
        add_member(
            old, town, valid_from=date(2025, 1, 1), source="", by=cast.administrator, now=now
        )
    ended = change_organisation(
        old, details_of(old, successor=into), revision=old.revision, by=cast.administrator, now=now
    )
    assert "2 leden gaan mee naar de opvolger." in ended.in_words
    assert members_of(old, LAST_DAY) == members_of(into, MERGED_ON) != []
    assert members_of(old, MERGED_ON) == members_of(into, LAST_DAY) == []
    assert "ging mee uit Zone Oud" in history_of([into.id])[0].reason


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"valid_to": date(2024, 12, 31)}, "De laatste dag ligt voor de eerste"),
        ({"nis_code": "3702"}, "vijf cijfers"),
        ({"nis_code": ""}, "Geef de NIS-code"),
        ({"nis_code": "36015"}, "De NIS-code 36015 is al van Roeselare"),
        ({"ovo_number": "OVO12"}, "OVO en zes cijfers"),
        ({"ovo_number": "ovo 002000"}, "De OVO-code OVO002000 is al van Roeselare"),
        ({"kbo_number": "0205157869"}, "Het ondernemingsnummer 0205157869 is al van Roeselare"),
        ({"valid_from": date(2025, 6, 1)}, "geldt al vanaf 1 januari 2025"),
    ],
)
def test_what_cannot_be_is_refused(
    app: Flask, cast: Cast, session: Session, now: datetime, changed: dict[str, object], why: str
) -> None:
    cast.roeselare.ovo_number, cast.roeselare.kbo_number = "OVO002000", "0205157869"
    session.flush()
    with pytest.raises(Refused, match=why):
        change_organisation(
            cast.tielt,
            details_of(cast.tielt, **changed),
            revision=cast.tielt.revision,
            by=cast.administrator,
            now=now,
        )
    assert not session.dirty
    assert history_of([cast.tielt.id]) == []


def test_a_successor_that_cannot_be_is_refused(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    gone = add(TOWN, Details("Oudstad", nis_code="37098", valid_from=date(2020, 1, 1)), cast, now)
    change_organisation(
        gone,
        details_of(gone, valid_to=date(2024, 12, 31), successor=cast.tielt),
        revision=gone.revision,
        by=cast.administrator,
        now=now,
    )

    def refused(into: Organisation, **more: object) -> str:
        wanted = details_of(cast.tielt, successor=into, **more)
        with pytest.raises(Refused) as refusal:
            change_organisation(
                cast.tielt, wanted, revision=cast.tielt.revision, by=cast.administrator, now=now
            )
        return str(refusal.value)

    assert "kan niet in zichzelf opgaan" in refused(cast.tielt)
    assert "Oudstad ging zelf op in Tielt" in refused(gone)
    assert "Kies een opvolger van dezelfde soort: gemeente." in refused(cast.dvv)
    assert "Zeg wat de laatste dag van Tielt is" in refused(cast.izegem)
    ended = add(TOWN, Details("Kort", nis_code="37097", valid_from=date(2020, 1, 1)), cast, now)
    ended.valid_to = date(2026, 1, 1)
    assert "bestaat vanaf 1 januari 2020 tot en met 1 januari 2026, dus niet op" in refused(
        ended, valid_to=LAST_DAY
    )
    later = add(TOWN, Details("Later", nis_code="37096", valid_from=MERGED_ON), cast, now)
    assert "dus niet op 1 juli 2030" in refused(later, valid_to=date(2030, 6, 30))


def test_who_carries_on_cannot_end_before_or_begin_after(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    gone = add(TOWN, Details("Oudstad", nis_code="37098", valid_from=date(2020, 1, 1)), cast, now)
    into = add(TOWN, Details("Nieuwstad", nis_code="37099", valid_from=MERGED_ON), cast, now)
    boss = cast.administrator
    change_organisation(
        gone, details_of(gone, successor=into), revision=gone.revision, by=boss, now=now
    )
    with pytest.raises(Refused, match="Oudstad ging op 1 januari 2031 op in Nieuwstad"):
        change_organisation(
            into,
            details_of(into, valid_from=date(2031, 2, 1)),
            revision=into.revision,
            by=boss,
            now=now,
        )
    cast.izegem.successor, cast.izegem.valid_to = cast.tielt, LAST_DAY
    session.flush()
    with pytest.raises(Refused, match="dat er dan nog moet zijn"):
        change_organisation(
            cast.tielt,
            details_of(cast.tielt, valid_to=date(2030, 6, 30)),
            revision=cast.tielt.revision,
            by=boss,
            now=now,
        )


def test_what_begins_after_the_end_is_named_first(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    add_seat(
        cast.midwest,
        organisation=cast.tielt,
        function=SeatFunction.EXPERT,
        kind=SeatKind.GUEST,
        valid_from=date(2031, 6, 1),
        by=cast.support,
        now=now,
    )
    with pytest.raises(Refused, match="in het Midwestoverleg begint pas op 1 juni 2031"):
        change_organisation(
            cast.tielt,
            details_of(cast.tielt, valid_to=LAST_DAY),
            revision=cast.tielt.revision,
            by=cast.administrator,
            now=now,
        )


def test_support_staff_do_not_end_what_belongs_to_others_too(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    add_seat(
        cast.denderregio,
        organisation=cast.tielt,
        function=SeatFunction.EXPERT,
        kind=SeatKind.GUEST,
        valid_from=TODAY,
        by=cast.administrator,
        now=now,
    )
    session.commit()
    refused = sign_in_as(cast.support).send(page_of(cast.tielt), {"valid_to": "2030-12-31"})
    assert refused.status_code == 422
    assert "een zetel aan een andere tafel" in refused.text
    assert "Vraag een beheerder" in refused.text
    session.expire_all()
    assert cast.tielt.valid_to is None
    sent = sign_in_as(cast.administrator).send(page_of(cast.tielt), {"valid_to": "2030-12-31"})
    assert sent.status_code == 302


def test_others_change_nothing(cast: Cast, sign_in_as: SIGN_IN) -> None:
    for person in (cast.committee_support, cast.mayor, cast.secretariat, cast.stranger):
        assert sign_in_as(person).get(page_of(cast.tielt)).status_code == 404, person.name
    support = sign_in_as(cast.support)
    for kind in ("region", "province", "onzin"):
        assert support.get(f"/organisaties/nieuw?soort={kind}").status_code == 404
    assert sign_in_as(cast.mayor).get("/organisaties/nieuw").status_code == 404


def test_a_new_municipality_of_the_same_name_waits_for_the_end_of_the_old(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    new = Details("Tielt", nis_code="37099", valid_from=MERGED_ON)
    with pytest.raises(Refused, match="vul daar dan eerst de laatste dag in"):
        add(TOWN, new, cast, now)
    change_organisation(
        cast.tielt,
        details_of(cast.tielt, valid_to=LAST_DAY),
        revision=cast.tielt.revision,
        by=cast.administrator,
        now=now,
    )
    assert add(TOWN, new, cast, now).slug == "tielt-37099"


def test_loading_keeps_what_was_changed_on_a_page(facts: Session, now: datetime) -> None:
    boss = Person(name="Beheerder", created_at_utc=now)
    facts.add(boss)
    town = facts.scalars(select(Organisation).where(Organisation.nis_code == "37022")).one()
    into = add_organisation(
        TOWN, Details("Nieuwstad", nis_code="37099", valid_from=MERGED_ON), by=boss, now=now
    )
    changed = details_of(town, nis_code="37098", name="Stad Tielt", successor=into)
    change_organisation(town, changed, revision=town.revision, by=boss, now=now)
    membership = facts.scalars(
        select(Membership)
        .join(Membership.group)
        .where(Organisation.kind == ZONE, Membership.valid_to.is_(None))
    ).first()
    assert membership is not None
    withdraw_membership(membership, reason="vergissing", by=boss, now=now)
    before = len(organisations_of_kind(TOWN, on=MERGED_ON))
    assert load_reference(now) == 0
    assert len(organisations_of_kind(TOWN, on=MERGED_ON)) == before
    assert (town.name, town.nis_code, town.successor) == ("Stad Tielt", "37098", into)


def test_each_organisation_that_is_shipped_can_be_saved_as_it_is(
    facts: Session, now: datetime
) -> None:
    boss = Person(id="of-the-tests", name="Beheerder", created_at_utc=now)
    for organisation in facts.scalars(select(Organisation)).all():
        change_organisation(
            organisation, details_of(organisation), revision=organisation.revision, by=boss, now=now
        )
        assert history_of([organisation.id]) == [], organisation.name


@pytest.mark.parametrize("name", ["nis_code", "ovo_number", "kbo_number"])
def test_a_code_that_cannot_be_is_told_at_its_field(
    cast: Cast, sign_in_as: SIGN_IN, name: str
) -> None:
    refused = sign_in_as(cast.administrator).send(page_of(cast.tielt), {name: "123"})
    assert refused.status_code == 422
    assert f'id="{name}-error"' in refused.text
    assert f'href="#{name}"' in refused.text
