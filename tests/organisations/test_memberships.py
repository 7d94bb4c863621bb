"""Who belongs to a group: a member joins, leaves, and only a mistake is corrected."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.audit.models import JournalEntry
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Membership, Organisation
from overleg.organisations.queries import members_of
from overleg.organisations.states import OrganisationKind
from overleg.organisations.workflow import (
    add_member,
    correct_membership,
    end_membership,
    withdraw_membership,
)
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]
YESTERDAY = date(2026, 3, 1)
TODAY = date(2026, 3, 2)
NEXT_YEAR = date(2027, 1, 1)


def region_of(cast: Cast, session: Session, town: Organisation) -> Organisation:
    return membership_of_town(session, town).group


def membership_of_town(session: Session, town: Organisation) -> Membership:
    return session.scalars(select(Membership).where(Membership.member_id == town.id)).one()


def new_zone(session: Session, name: str) -> Organisation:
    zone = Organisation(
        kind=OrganisationKind.EMERGENCY_ZONE,
        slug=name.lower().replace(" ", "-"),
        name=name,
        valid_from=date(1970, 1, 1),
    )
    session.add(zone)
    session.flush()
    return zone


def test_a_municipality_changes_region_from_a_day(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    midwest = region_of(cast, session, cast.tielt)
    rivierenland = region_of(cast, session, cast.lier)
    tielt = membership_of_town(session, cast.tielt)
    end_membership(tielt, on=date(2026, 12, 31), by=cast.support, now=now)
    add_member(
        rivierenland,
        cast.tielt,
        valid_from=NEXT_YEAR,
        source="Vlaamse Regering",
        by=cast.support,
        now=now,
    )
    assert cast.tielt in members_of(midwest, date(2026, 12, 31))
    assert cast.tielt not in members_of(midwest, NEXT_YEAR)
    assert cast.tielt in members_of(rivierenland, NEXT_YEAR)
    told = session.scalars(
        select(JournalEntry).where(JournalEntry.subject_id == rivierenland.id)
    ).one()
    assert told.sentence == "voegde een lid toe aan Rivierenland"
    assert told.reason == "Tielt, vanaf 1 januari 2027 (Vlaamse Regering)"


def test_a_municipality_belongs_to_one_region_at_a_time(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    midwest = region_of(cast, session, cast.tielt)
    with pytest.raises(Refused, match="hoort in die periode bij Rivierenland"):
        add_member(
            midwest, cast.lier, valid_from=NEXT_YEAR, source="", by=cast.administrator, now=now
        )
    with pytest.raises(Refused, match="Tielt hoort al bij Midwest: vanaf 1 januari 2025"):
        add_member(
            midwest, cast.tielt, valid_from=NEXT_YEAR, source="", by=cast.administrator, now=now
        )


def test_a_zone_stands_beside_a_region(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    zone, other = new_zone(session, "Zone Midwest"), new_zone(session, "Andere zone")
    add_member(zone, cast.tielt, valid_from=TODAY, source="", by=cast.support, now=now)
    with pytest.raises(Refused, match="één hulpverleningszone"):
        add_member(other, cast.tielt, valid_from=TODAY, source="", by=cast.support, now=now)


def test_nobody_belongs_before_existing_or_after_merging_away(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    zone = new_zone(session, "Zone Midwest")
    with pytest.raises(Refused, match="Tielt bestaat pas sinds 1 januari 2025"):
        add_member(
            zone, cast.tielt, valid_from=date(2024, 1, 1), source="", by=cast.support, now=now
        )
    cast.izegem.valid_to, cast.izegem.successor = date(2025, 12, 31), cast.roeselare
    with pytest.raises(Refused, match=r"ging op 1 januari 2026 op in Roeselare. Kies Roeselare"):
        add_member(zone, cast.izegem, valid_from=TODAY, source="", by=cast.support, now=now)


def test_only_municipalities_belong_to_a_group(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    midwest = region_of(cast, session, cast.tielt)
    for group, member in ((midwest, cast.dvv), (cast.tielt, cast.lier)):
        with pytest.raises(Refused, match="kies een gemeente"):
            add_member(group, member, valid_from=TODAY, source="", by=cast.support, now=now)


def test_a_membership_ends_once(app: Flask, cast: Cast, session: Session, now: datetime) -> None:
    tielt = membership_of_town(session, cast.tielt)
    with pytest.raises(Refused, match="pas sinds 1 januari 2025"):
        end_membership(tielt, on=date(2024, 1, 1), by=cast.support, now=now)
    end_membership(tielt, on=YESTERDAY, by=cast.support, now=now)
    with pytest.raises(NotPossible, match="tot en met 1 maart 2026"):
        end_membership(tielt, on=TODAY, by=cast.support, now=now)


def test_a_mistake_is_corrected_with_its_reason(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    tielt = membership_of_town(session, cast.tielt)
    midwest = tielt.group
    with pytest.raises(Refused, match="Zeg waarom"):
        correct_membership(
            tielt,
            valid_from=TODAY,
            valid_to=None,
            reason=" ",
            revision=tielt.revision,
            by=cast.support,
            now=now,
        )
    with pytest.raises(Refused, match="ligt voor de eerste"):
        correct_membership(
            tielt,
            valid_from=TODAY,
            valid_to=YESTERDAY,
            reason="x",
            revision=tielt.revision,
            by=cast.support,
            now=now,
        )
    correct_membership(
        tielt,
        valid_from=TODAY,
        valid_to=None,
        reason="verkeerd jaar",
        revision=tielt.revision,
        by=cast.support,
        now=now,
    )
    assert cast.tielt not in members_of(midwest, YESTERDAY)
    told = session.scalars(select(JournalEntry).where(JournalEntry.subject_id == midwest.id)).one()
    assert told.reason == ("Tielt, vanaf 2 maart 2026 (eerst vanaf 1 januari 2025; verkeerd jaar)")


def test_what_never_was_leaves_the_list_but_not_the_journal(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    tielt = membership_of_town(session, cast.tielt)
    midwest = tielt.group
    withdraw_membership(tielt, reason="bij de buren getypt", by=cast.support, now=now)
    assert cast.tielt not in members_of(midwest, TODAY)
    told = session.scalars(select(JournalEntry).where(JournalEntry.subject_id == midwest.id)).one()
    assert "bij de buren getypt" in told.reason


def test_support_staff_change_the_members_of_their_region_on_its_page(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    midwest = region_of(cast, session, cast.tielt)
    tielt = membership_of_town(session, cast.tielt)
    client = sign_in_as(cast.support)
    assert "Leden wijzigen" in client.get("/regios/midwest").text
    page = f"/organisaties/{midwest.id}/leden"
    nobody = client.send(page, {"member": ""})
    assert (nobody.status_code, "Kies welke gemeente" in nobody.text) == (422, True)
    taken = client.send(page, {"member": cast.lier.id, "source": "Beslissing"})
    assert (taken.status_code, "bij Rivierenland" in taken.text) == (422, True)
    assert 'value="Beslissing"' in taken.text
    ended = client.get(client.send(f"{page}/{tielt.id}", {"last_day": "2026-03-01"}).location or "")
    assert "Het lidmaatschap van Tielt eindigt." in ended.text
    corrected = client.get(
        client.send(f"{page}/{tielt.id}", {"valid_to": "", "reason": "te vroeg"}).location or ""
    )
    assert "verbeterd" in corrected.text
    assert "beëindigde een lidmaatschap van Midwest" in corrected.text
    assert client.send(f"{page}/{tielt.id}", {"reason": ""}).status_code == 422


def test_an_ended_membership_is_not_ended_again_on_the_page(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    tielt = membership_of_town(session, cast.tielt)
    page = f"/organisaties/{tielt.group_id}/leden/{tielt.id}"
    client = sign_in_as(cast.administrator)
    client.send(page, {"last_day": "2026-03-01"})
    again = client.press(f"{page}/einde", {"last_day": "2026-03-02"})
    assert again.status_code == 409
    assert "verbeter hem dan met een reden" in again.text
    members = client.get(f"/organisaties/{tielt.group_id}/leden").text
    assert ">Verbeteren<" in members
    assert members.count(">Beëindigen of verbeteren<") == 2


def test_a_zone_is_kept_by_support_staff_of_a_region_it_shares(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    zone = new_zone(session, "Zone Midwest")
    page = f"/organisaties/{zone.id}/leden"
    assert sign_in_as(cast.support).get(page).status_code == 404
    add_member(zone, cast.tielt, valid_from=TODAY, source="", by=cast.administrator, now=now)
    session.commit()
    assert sign_in_as(cast.support).get(page).status_code == 200


def test_nobody_else_changes_the_members_of_a_region(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    midwest = region_of(cast, session, cast.tielt)
    for who in ("mayor", "chair", "director", "partner", "stranger", "committee_support"):
        client = sign_in_as(getattr(cast, who))
        assert client.get(f"/organisaties/{midwest.id}/leden").status_code == 404, who
        assert "Leden wijzigen" not in client.get("/regios/midwest").text
    admin = sign_in_as(cast.administrator)
    assert admin.get(f"/organisaties/{cast.tielt.id}/leden").status_code == 404
