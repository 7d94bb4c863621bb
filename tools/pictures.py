"""Make the pictures of the README and the guide again: the demo's pages, as people see them.

``.venv/bin/python -m tools.pictures`` loads a demo in a temporary folder, serves it, signs in as
each person and writes the PNG files of ``docs/beelden/``. ``--instance FOLDER`` takes the demo that
is already in that folder. Needs Chromium.
"""

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from overleg import create_app
from overleg.db import session
from overleg.demo.loading import load
from overleg.demo.people import PASSWORD
from overleg.migrating import migrate_database
from overleg.organisations.loading import load_reference
from overleg.settings import read_settings
from overleg.web.clock import utc_now
from tools.chromium import find_chromium

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "beelden"
DESK = (1280, 860)
PHONE = (390, 844)
LARGEST_BYTES = 300_000
NEXT_YEAR = utc_now().year + 1


@dataclass(frozen=True)
class Picture:
    """One page of the demo: who looks, where, and the links to follow from there, with " > "."""

    name: str
    email: str
    path: str
    follow: str = ""
    size: tuple[int, int] = DESK


PICTURES = (
    Picture("aanmelden", "", "/aanmelden"),
    Picture("voorstel", "burgemeester.roeselare@midwest.demo.test", "/voorstellen/nieuw"),
    Picture(
        "samen-indienen",
        "burgemeester.ingelmunster@midwest.demo.test",
        "/",
        "Bluswater bij droogte",
        size=PHONE,
    ),
    Picture("valideren", "voorzitter@midwest.demo.test", "/", "Bekijken en antwoorden", size=PHONE),
    Picture(
        "dossier",
        "ondersteuner@denderregio.demo.test",
        "/dossiers?overleg=dado",
        "Gedeelde functionaris",
    ),
    Picture(
        "bijlage",
        "ondersteuner@midwest.demo.test",
        "/voorstellen?toon=klaar",
        "Uitleendienst > Bekijken",
    ),
    Picture("agenda", "ondersteuner@midwest.demo.test", "/", "Agenda voorbereiden"),
    Picture(
        "andere-data",
        "ondersteuner@midwest.demo.test",
        "/overleg/vervoerregioraad-roeselare/data",
    ),
    Picture(
        "datumprikker",
        "ondersteuner@midwest.demo.test",
        "/overleg/midwestoverleg/datumprikkers",
        "Extra overleg over de regionale energiestrategie",
        size=(1280, 1250),
    ),
    Picture("cijfers", "ondersteuner@midwest.demo.test", "/overleg/midwestoverleg/cijfers"),
    Picture("verslag", "ondersteuner@midwest.demo.test", "/", "Verslag afwerken"),
    Picture(
        "uitkomst-klaar",
        "ondersteuner@midwest.demo.test",
        "/overleg/midwestoverleg",
        "Gezamenlijke projectmedewerker",
    ),
    Picture("gemeente", "secretariaat.tielt@midwest.demo.test", "/gemeenten/37022"),
    Picture(
        "huisstijl",
        "secretariaat.tielt@midwest.demo.test",
        "/gemeenten/37022/huisstijl#delen",
    ),
    Picture("opvolging", "ondersteuner@midwest.demo.test", "/opvolging", size=(1280, 1200)),
    Picture(
        "regiorapporten",
        "secretariaat.tielt@midwest.demo.test",
        "/gemeenten/37022/regiorapporten",
        size=(1280, 1080),
    ),
    Picture(
        "regio-regiorapporten",
        "ondersteuner@midwest.demo.test",
        "/regios/midwest/regiorapporten",
    ),
    Picture("vergaderingen", "ondersteuner@midwest.demo.test", "/vergaderingen"),
    Picture(
        "jaar-voorstellen",
        "ondersteuner@midwest.demo.test",
        "/overleg/midwestoverleg/jaar",
        size=(1280, 1700),
    ),
    Picture("mails", "burgemeester.tielt@midwest.demo.test", "/account/mail", size=(1280, 1000)),
    Picture("taken", "beheerder@demo.test", "/beheer/taken", size=(1280, 1000)),
    Picture("overlegorganen", "ondersteuner@midwest.demo.test", "/overleg/midwestoverleg/leden"),
    Picture(
        "instellingen",
        "ondersteuner@rivierenland.demo.test",
        "/overleg/mandaatgroep-rivierenland/instellingen#validatie",
    ),
    Picture("kalender", "secretariaat.tielt@midwest.demo.test", "/kalender", size=(1280, 1080)),
    Picture(
        "wie-komt",
        "burgemeester.roeselare@midwest.demo.test",
        "/overleg/midwestoverleg",
        "vrijdag > Deelnemers",
        size=(1280, 1080),
    ),
    Picture("jaarplanner", "ondersteuner@midwest.demo.test", f"/jaarplanner?jaar={NEXT_YEAR}"),
)


def main(arguments: Sequence[str]) -> int:
    """Write every picture; 1 when one is too large for the repository."""
    parser = argparse.ArgumentParser(description="Maak de beelden van README en handleiding.")
    parser.add_argument("--instance", type=Path, help="map met een geladen demo")
    parser.add_argument("names", nargs="*", help="enkel deze beelden")
    asked = parser.parse_args(arguments)
    given: Path | None = asked.instance
    names: list[str] = asked.names
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        app = _demo(given or Path(temporary))
        with _served(app) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
            for picture in PICTURES:
                if not names or picture.name in names:
                    _take(browser, url, picture)
            browser.close()
    too_large = [file.name for file in FOLDER.glob("*.png") if file.stat().st_size > LARGEST_BYTES]
    if too_large:
        print(f"Te groot: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


def _demo(instance: Path) -> Flask:
    app = create_app(read_settings({"OVERLEG_MODE": "demo", "OVERLEG_INSTANCE": str(instance)}))
    if not (instance / "overleg.db").exists():
        with app.app_context():
            migrate_database()
            load_reference(utc_now())
            session().commit()
            load(utc_now())
    return app


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _take(browser: Browser, url: str, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        base_url=url,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    page = context.new_page()
    if picture.email:
        _sign_in(page, picture.email)
    page.goto(picture.path)
    for link in filter(None, picture.follow.split(" > ")):
        page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    context.close()


def _sign_in(page: Page, email: str) -> None:
    page.goto("/aanmelden")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
