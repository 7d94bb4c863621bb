"""Support staff of one region gain nothing over another by what they may make themselves."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.organisations.models import Body, Seat
from overleg.organisations.queries import is_supported, scope_of, seats_of
from overleg.organisations.states import SeatFunction, SeatKind
from overleg.organisations.viewer import viewer_for
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]
TODAY = date(2026, 3, 2)
NEW = "/overleg/nieuw"
OF_OTHERS = "/overleg/van-anderen/nieuw"


def put_seat(session: Session, body: Body, cast: Cast, kind: SeatKind) -> None:
    """A seat for Lier, which belongs to Rivierenland."""
    session.add(
        Seat(
            body=body,
            organisation=cast.lier,
            function=SeatFunction.MAYOR,
            kind=kind,
            valid_from=TODAY,
        )
    )
    session.commit()


@pytest.mark.parametrize("address", [NEW, OF_OTHERS])
def test_nobody_places_a_body_in_the_region_of_others(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, address: str
) -> None:
    region = cast.rivierenland.region_id
    client = sign_in_as(cast.support)
    assert f'value="{region}"' not in client.get(address).text
    assert client.send(address, {"name": "Nieuw overleg", "region": region}).status_code == 422
    assert session.scalar(select(Body).where(Body.slug == "nieuw-overleg")) is None
    own = client.send(address, {"name": "Nieuw overleg", "region": cast.midwest.region_id})
    assert own.status_code == 302


def test_a_region_without_a_body_is_free_and_an_administrator_chooses_any(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    cast.denderregio.region = None
    session.commit()
    offered = sign_in_as(cast.support).get("/regios/denderregio").text
    assert "Overleg starten" in offered
    assert "Overleg starten" not in sign_in_as(cast.support).get("/regios/rivierenland").text
    keeper = sign_in_as(cast.administrator)
    sent = keeper.send(NEW, {"name": "Nieuw overleg", "region": cast.rivierenland.region_id})
    assert sent.status_code == 302


def test_a_partner_of_an_association_starts_a_body(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.partner)
    region = cast.denderregio.region_id
    assert client.send(NEW, {"name": "Nieuw overleg", "region": region}).status_code == 422
    cast.denderregio.region = None
    session.commit()
    answer = client.get(
        client.send(NEW, {"name": "Nieuw overleg", "region": region}).location or ""
    )
    assert "Nieuw overleg is gestart" in answer.text
    body = session.scalars(select(Body).where(Body.slug == "nieuw-overleg")).one()
    assert [seat.organisation.name for seat in seats_of(body.id, TODAY)] == ["Aalst"]
    assert client.get("/overleg/nieuw-overleg/instellingen").status_code == 200


def test_a_body_does_not_move_to_the_region_of_others(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    before = cast.midwest.region_id
    moved = sign_in_as(cast.support).send(
        "/overleg/midwestoverleg/instellingen", {"region": cast.rivierenland.region_id}
    )
    assert moved.status_code == 422
    session.expire_all()
    assert cast.midwest.region_id == before


@pytest.mark.parametrize("kind", [SeatKind.GUEST, SeatKind.VOTING])
def test_a_seat_for_a_municipality_from_elsewhere_opens_nothing_of_its_own(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, kind: SeatKind
) -> None:
    put_seat(session, cast.midwest, cast, kind)
    client = sign_in_as(cast.support)
    for page, status in {"links": 403, "zittingen": 403, "huisstijl": 403}.items():
        assert client.get(f"/gemeenten/12021/{page}").status_code == status, page
    assert client.get("/gemeenten/12021/regiorapporten").status_code == 404
    assert not is_supported(viewer_for(cast.support, TODAY), cast.lier)
    assert cast.lier.id not in scope_of(viewer_for(cast.support, TODAY)).organisation_ids


def test_its_own_support_keeps_a_municipality_that_sits_elsewhere_too(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    put_seat(session, cast.midwest, cast, SeatKind.GUEST)
    viewer = viewer_for(cast.committee_support, TODAY)
    assert is_supported(viewer, cast.lier)
    assert cast.lier.id in scope_of(viewer).organisation_ids
    assert sign_in_as(cast.committee_support).get("/gemeenten/12021/links").status_code == 200


def test_who_sits_at_one_table_only_is_supported_there_also_from_no_region(
    cast: Cast, session: Session
) -> None:
    cast.midwest.region = None
    session.commit()
    viewer = viewer_for(cast.support, TODAY)
    assert is_supported(viewer, cast.tielt)
    assert cast.tielt.id in scope_of(viewer).organisation_ids


def test_support_ends_with_the_last_seat_but_not_for_who_merged_away(
    cast: Cast, session: Session
) -> None:
    for seat in session.scalars(select(Seat).where(Seat.organisation_id == cast.tielt.id)):
        seat.valid_to = date(2026, 2, 28)
    session.commit()
    viewer = viewer_for(cast.support, TODAY)
    assert not is_supported(viewer, cast.tielt)
    cast.tielt.valid_to = date(2026, 2, 28)
    session.commit()
    assert is_supported(viewer, cast.tielt)
