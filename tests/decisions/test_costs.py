"""What an outcome costs each municipality."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from overleg.db import NO_ROW
from overleg.decisions.costs import cost_sentence, cost_table
from overleg.decisions.models import Outcome
from overleg.decisions.pasted import match_towns
from overleg.decisions.states import CostRule, Organ, OutcomeKind
from overleg.decisions.workflow.costs import Sharing, share_costs
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.lib.errors import Refused
from overleg.lib.money import parse_number
from overleg.lib.pasted import read_pasted
from overleg.organisations.models import Organisation
from overleg.organisations.reference import read_table
from tests.decisions.conftest import Held, Released
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


@pytest.fixture
def ready(held: Held, cast: Cast, session: Session, now: datetime) -> Outcome:
    """An agreement that is ready to be released."""
    agreed = Agreed(OutcomeKind.AGREEMENT, "Deelwagens", "<p>Samen doen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    make_ready(outcome, by=cast.support, now=now)
    session.commit()
    return outcome


def test_costs_per_inhabitant_stand_in_the_proposal(
    client: ReadingClient, cast: Cast, ready: Outcome, session: Session, now: datetime
) -> None:
    client.sign_in(cast.support)
    page = f"/uitkomsten/{ready.id}/kosten"
    sharing = {"rule": "per_inhabitant", "each": "0,35", "purpose": "per jaar"}
    assert "Zo zijn ze nu verdeeld" not in client.get(page).text
    unknown = client.send(page, sharing)
    assert unknown.status_code == 422
    assert "Het aantal inwoners van Izegem, Roeselare en Tielt is niet bekend" in unknown.text
    pasted = "Gemeente\tInwoners\nIzegem\t28.000\nRoeselare\t66.000\nTielt\t20.500"
    numbers = {"year": "2026", "table": pasted}
    assert client.send("/overleg/midwestoverleg/inwoners", numbers).status_code == 302
    assert client.send(page, sharing).status_code == 302
    assert "Zo zijn ze nu verdeeld" in client.get(page).text
    assert "Financiële gevolgen van" in client.get(f"/uitkomsten/{ready.id}/tekst").text
    session.expire_all()
    request = Request([cast.tielt], [Organ.COLLEGE], due_on=None)
    release_outcome(ready, request, by=cast.support, now=now)
    session.commit()
    assert cost_sentence(ready.follow_ups[0]) == (
        "De kosten voor Tielt bedragen €\u00a07.175,00 (€\u00a00,35 per inwoner, "
        "20.500 inwoners op 1 januari 2026), per jaar."
    )
    assert "7.175,00" in client.get(f"/uitkomsten/{ready.id}/tekst").text
    table = cost_table(ready)
    assert table
    assert table.total_cents == 717500


STATBEL = (
    "CD_REFNIS,TX_DESCR_NL,Mannen,Totaal\n36015,Roeselare,33000,66000\n"
    '37022,"Tielt, stad",10000,"20.500"\n62063,Luik,90000,195000\n'
)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"file": STATBEL.encode("utf-8-sig")}, ""),
        ({"table": "Roeselare\t66000\nTielt\t20500"}, ""),
        ({"table": "36015;66000\n37022;veel"}, "Regel 2: Tielt: “veel” is geen aantal."),
        ({"table": "37022;1\n37022;2"}, "Regel 2: Tielt stond al op regel 1."),
        ({"table": "62063;195000"}, "Er staat geen enkele Vlaamse gemeente in."),
        ({"table": "37022;0"}, "Tielt kan geen 0 inwoners hebben."),
        ({"file": b"PK\0\0"}, "Bewaar het als CSV."),
        ({}, "Kies een bestand of plak een tabel."),
    ],
)
def test_the_administrator_loads_the_inhabitants_of_all_municipalities(
    client: ReadingClient, cast: Cast, session: Session, given: dict[str, Any], sentence: str
) -> None:
    client.sign_in(cast.administrator)
    file = {"file": (BytesIO(given["file"]), "bevolking.csv")} if "file" in given else {}
    answer = client.send("/beheer/inwoners", {"year": "2026", **given, **file})
    session.expire_all()
    if sentence:
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert cast.tielt.inhabitants is None
    else:
        assert answer.status_code == 302
        assert (cast.tielt.inhabitants, cast.roeselare.inhabitants) == (20500, 66000)
        assert "20.500" in client.get("/beheer/inwoners").text


@pytest.mark.parametrize(
    ("table", "total", "sentence"),
    [
        (
            "Izegem\t1.000,00\nTielt\t500,50",
            "1.600,50",
            "samen €\u00a01.500,50, en het totaal dat u opgaf is €\u00a01.600,50: €\u00a0100,00 te",
        ),
        ("Izegem\t10\nTotaal\t9", "", "€\u00a01,00 te veel."),
        ("Izegm\t10", "", "“Izegm” kennen we niet. Bedoelt u Izegem?"),
        ("Nergenshuizen\t10", "", "“Nergenshuizen” kennen we niet."),
        ("Lier\t10", "", "Lier hoort hier niet bij."),
        ("Tielt\t10\nIzegem\t5\nTIELT\t10", "", "Regel 3: Tielt stond al op regel 1."),
        ("Izegem\tveel", "", "“veel” is geen bedrag"),
        ("", "", "Er staat geen enkele regel"),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_what_is_wrong(
    client: ReadingClient, cast: Cast, ready: Outcome, table: str, total: str, sentence: str
) -> None:
    client.sign_in(cast.support)
    answer = client.send(
        f"/uitkomsten/{ready.id}/kosten", {"rule": "table", "table": table, "total": total}
    )
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert not ready.costs


def test_every_common_slip_leads_to_the_right_municipality() -> None:
    day = date(2026, 3, 2)
    every = {
        row["nis_code"]: Organisation(
            id=row["nis_code"],
            name=row["name"],
            nis_code=row["nis_code"],
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in read_table("municipalities")
    }
    today = [town for town in every.values() if town.valid_on(day)]
    for slip in read_table("common_slips"):
        right = every[slip["nis_code"]]
        table = read_pasted(f"{slip['as_written']}\t10", parse_number, ())
        matched = match_towns(table, today, list(every.values()), on=day)
        told = " ".join(matched.faults)
        assert right.id in matched.numbers or right.name in told, slip


def test_a_suggested_name_is_taken_when_that_is_ticked(
    client: ReadingClient, cast: Cast, ready: Outcome, session: Session
) -> None:
    client.sign_in(cast.support)
    pasted = {"rule": "table", "table": "Izegm\t10,50\nTielt\t4"}
    page = f"/uitkomsten/{ready.id}/kosten"
    assert "Neem de voorgestelde namen over" in client.send(page, pasted).text
    answer = client.press(page, {**pasted, "take_suggested": "y"})
    assert answer.status_code == 302
    session.expire_all()
    assert sorted(cost.amount_cents for cost in ready.costs) == [400, 1050]
    assert "Zonder bedrag: Roeselare." in client.get(f"/uitkomsten/{ready.id}").text


def test_a_municipality_that_merged_away_pays_nothing_any_more(
    client: ReadingClient, cast: Cast, ready: Outcome, session: Session
) -> None:
    cast.izegem.valid_to = date(2026, 2, 28)
    cast.izegem.successor = cast.roeselare
    session.commit()
    client.sign_in(cast.support)
    answer = client.send(f"/uitkomsten/{ready.id}/kosten", {"rule": "table", "table": "Izegem\t10"})
    assert "Izegem bestaat niet meer: de gemeente ging op in Roeselare." in answer.text
    page = client.get(f"/uitkomsten/{ready.id}/vrijgeven").text
    assert cast.izegem.id not in page
    assert cast.roeselare.id in page


def test_a_release_that_the_table_forgets_is_refused(
    cast: Cast, ready: Outcome, session: Session, now: datetime
) -> None:
    towns = [cast.izegem, cast.tielt]
    sharing = Sharing(CostRule.TABLE, table={cast.izegem.id: 1000})
    share_costs(ready, sharing, towns, revision=NO_ROW, by=cast.support, now=now)
    request = Request(towns, [Organ.COLLEGE], due_on=None)
    with pytest.raises(Refused, match="geen bedrag voor Tielt"):
        release_outcome(ready, request, by=cast.support, now=now)


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (OutcomeKind.AGREEMENT, "Deze uitkomst is nog een ontwerp."),
        (OutcomeKind.NOTED, "Een kennisname vraagt niets van de gemeenten"),
    ],
)
def test_costs_that_cannot_be_shared_yet_say_why(
    client: ReadingClient, held: Held, cast: Cast, now: datetime, kind: OutcomeKind, why: str
) -> None:
    agreed = Agreed(kind, "Deelwagens", "<p>Samen doen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    typed = {"rule": "fixed", "purpose": "Voor de gezamenlijke aankoop"}
    client.sign_in(cast.support)
    answer = client.press(f"/uitkomsten/{outcome.id}/kosten", typed)
    assert answer.status_code == 409
    assert why in answer.text
    assert "Voor de gezamenlijke aankoop" in answer.text
    client.sign_in(cast.chair)
    assert client.press(f"/uitkomsten/{outcome.id}/kosten", typed).status_code == 403


def test_other_costs_after_the_release_are_a_new_version(
    client: ReadingClient, cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    outcome = released.outcome
    fixed = Sharing(CostRule.FIXED, each_cents=100_000)
    with pytest.raises(Refused, match="Zeg wat er verbeterd is"):
        share_costs(outcome, fixed, [cast.tielt], revision=NO_ROW, by=cast.support, now=now)
    share_costs(
        outcome,
        fixed,
        [cast.tielt],
        revision=NO_ROW,
        by=cast.support,
        now=now,
        reason="Was vergeten.",
    )
    session.commit()
    assert outcome.text
    assert outcome.text.version_number == 2
    assert cost_sentence(released.rows["tielt"]) == "De kosten voor Tielt bedragen €\u00a01.000,00."
    client.sign_in(cast.secretariat)
    page = client.get(f"/uitkomsten/{outcome.id}/tekst/2").text
    assert "Tielt: geen bedrag wordt €\u00a01.000,00" in page
