"""Production starts with a secret of its own only, and knows nothing of the demo."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from overleg.settings import Mode, SettingsError, read_settings
from tests.plugins.cast import Cast
from tests.plugins.real_parts import ROOT
from tests.reading import ReadingClient

TABLE = (ROOT / "docs" / "instellingen.md").read_text("utf-8")
PATIENCE_SECONDS = 60
SECRET = "een-willekeurige-tekst-van-minstens-32-tekens"


COMPLETE = {
    "DATABASE_URL": "sqlite://",
    "OVERLEG_SECRET_KEY": SECRET,
    "OVERLEG_BASE_URL": "https://overleg.example",
    "OVERLEG_SMTP_URL": "smtp://mail.example",
    "OVERLEG_MAIL_FROM": "overleg@overleg.example",
}


@pytest.mark.parametrize("key", ["", "geheim", " " * 40])
def test_it_does_not_start_without_a_secret(key: str) -> None:
    with pytest.raises(SettingsError, match="OVERLEG_SECRET_KEY"):
        read_settings({**COMPLETE, "OVERLEG_SECRET_KEY": key})


@pytest.mark.parametrize("name", COMPLETE)
def test_it_does_not_start_without_what_it_requires(name: str) -> None:
    without = {key: value for key, value in COMPLETE.items() if key != name}
    for environ in (without, {**without, name: " "}):
        with pytest.raises(SettingsError, match=name) as refused:
            read_settings(environ)
        others = set(COMPLETE) - {name}
        assert not [each for each in others if each in str(refused.value)]


def test_it_names_all_that_is_missing_at_once() -> None:
    with pytest.raises(SettingsError, match=r"BASE_URL .*, OVERLEG_SMTP_URL .* en OVERLEG_MAIL"):
        read_settings({"DATABASE_URL": "sqlite://", "OVERLEG_SECRET_KEY": SECRET})


def test_the_page_of_the_settings_says_what_production_requires() -> None:
    told = {line.split("`")[1] for line in TABLE.splitlines() if "| in productie |" in line}
    assert told == set(COMPLETE)


@pytest.mark.parametrize(
    "address", ["overleg.db", "mysql://overleg@host/naam", "postgresql://host:poort/naam"]
)
def test_an_address_that_is_of_no_database_it_knows_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match=r"DATABASE_URL ziet eruit als postgresql://"):
        read_settings({**COMPLETE, "DATABASE_URL": address})


@pytest.mark.parametrize("options", [["--preload"], []])
def test_the_web_server_says_what_is_missing_and_stops(options: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "gunicorn", *options, "--bind", "127.0.0.1:0", "wsgi:app"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **COMPLETE, "OVERLEG_SECRET_KEY": ""},
        stderr=subprocess.PIPE,
        timeout=PATIENCE_SECONDS,
        check=False,
        text=True,
    )
    assert ended.returncode == 4
    assert "Geef OVERLEG_SECRET_KEY" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("megabytes", ["0", "-1", "veel", ""])
def test_an_annex_limit_that_lets_nothing_in_is_refused(megabytes: str) -> None:
    with pytest.raises(SettingsError, match=r"OVERLEG_MAX_ANNEX_MB .* minstens 1"):
        read_settings({**COMPLETE, "OVERLEG_MAX_ANNEX_MB": megabytes})


def test_it_starts_with_all_of_it_and_does_not_show_its_secret(tmp_path: Path) -> None:
    settings = read_settings({**COMPLETE, "OVERLEG_INSTANCE": str(tmp_path)})
    assert settings.mode is Mode.PRODUCTION
    assert settings.https
    assert settings.base_url == "https://overleg.example"
    assert SECRET not in repr(settings)


def test_outside_the_demo_nobody_signs_in_with_one_click(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    assert not [rule for rule in app.url_map.iter_rules() if "demo" in rule.rule]
    assert client.post(f"/demo/aanmelden/{cast.mayor.id}").status_code == 404
    page = client.get("/aanmelden").text
    assert "overleg-demo" not in page
    assert "@cast.test" not in page
