"""The session ends while somebody types: after signing in the words stand there again."""

from urllib.parse import parse_qs, urlsplit

from tests.house.test_bad_input import ODD, forms_of, shown_in, typed_in
from tests.house.visiting import VisitAs
from tests.house.world import World

PLACES = [
    ("support", "/overleg/midwestoverleg/instellingen"),
    ("support", "/overleg/midwestoverleg/leden/nieuw"),
    ("support", "/overleg/midwestoverleg/vergaderingen/nieuw"),
    ("support", "/overleg/midwestoverleg/reeks"),
    ("support", "/overleg/midwestoverleg/vragen"),
    ("support", "/overleg/nieuw"),
    ("support", "/organisaties/nieuw"),
    ("support", "/beheer/personen/nieuw"),
    ("support", "/vergaderingen/{coming}/agenda/nieuw"),
    ("support", "/vergaderingen/{coming}/gegevens"),
    ("support", "/vergaderingen/{coming}/annuleren"),
    ("support", "/vergaderingen/{meeting_id}/deelnemers"),
    ("support", "/vergaderingen/{meeting_id}/verslag"),
    ("support", "/uitkomsten/{outcome_id}/tekst/wijzigen"),
    ("support", "/uitkomsten/{outcome_id}/kosten"),
    ("support", "/overleg/midwestoverleg/labels/nieuw"),
    ("mayor", "/voorstellen/nieuw"),
    ("mayor", "/voorstellen/{proposal_id}"),
    ("chair", "/voorstellen/{proposal_id}/valideren"),
    ("chair", "/overleg/midwestoverleg/valideren"),
    ("secretariat", "/opvolging/{follow_up_id}/melden"),
]


def test_what_was_typed_comes_back_on_every_page(world: World, visit_as: VisitAs) -> None:
    values = {**world.values, "coming": world.coming.id}
    lost = []
    for number, (name, place) in enumerate(PLACES):
        visitor = visit_as(getattr(world.cast, name))
        path = place.format(**values)
        page = visitor.get(path)
        assert page.status_code == 200, f"{place}: {page.status_code}"
        filled = [typed_in(form, ODD) for form in forms_of(page)]
        actions = [form.get("action") or path for form in forms_of(page)]
        for action, fields in zip(actions, filled, strict=True):
            if ODD not in fields.values():
                continue
            with visitor.session_transaction() as session:
                del session["_user_id"]
            asked = visitor.post(
                action,
                data=fields,
                headers={"Referer": f"http://localhost{path}"},
                environ_base={"REMOTE_ADDR": f"10.0.0.{number}"},
            )
            assert asked.status_code == 303
            visitor.sign_in(getattr(world.cast, name))
            after = parse_qs(urlsplit(asked.location).query)["verder"][0]
            answer = visitor.get(after)
            if answer.status_code != 200 or ODD not in shown_in(answer):
                lost.append(f"{place} -> {action}: {answer.status_code}")
    assert lost == []
