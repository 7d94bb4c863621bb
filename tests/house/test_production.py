"""Production starts with a secret of its own only, and knows nothing of the demo."""

from pathlib import Path

import pytest
from flask import Flask

from overleg.settings import Mode, SettingsError, read_settings
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SECRET = "een-willekeurige-tekst-van-minstens-32-tekens"


@pytest.mark.parametrize("key", [None, "", "geheim", " " * 40])
def test_it_does_not_start_without_a_secret(key: str | None, tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "sqlite://", "OVERLEG_INSTANCE": str(tmp_path)}
    if key is not None:
        environ["OVERLEG_SECRET_KEY"] = key
    with pytest.raises(SettingsError, match="OVERLEG_SECRET_KEY"):
        read_settings(environ)


def test_it_starts_with_one_and_does_not_show_it(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "DATABASE_URL": "sqlite://",
            "OVERLEG_INSTANCE": str(tmp_path),
            "OVERLEG_SECRET_KEY": SECRET,
            "OVERLEG_BASE_URL": "https://overleg.example",
        }
    )
    assert settings.mode is Mode.PRODUCTION
    assert settings.https
    assert SECRET not in repr(settings)


def test_outside_the_demo_nobody_signs_in_with_one_click(
    app: Flask, client: ReadingClient, cast: Cast
) -> None:
    assert not [rule for rule in app.url_map.iter_rules() if "demo" in rule.rule]
    assert client.post(f"/demo/aanmelden/{cast.mayor.id}").status_code == 404
    page = client.get("/aanmelden").text
    assert "overleg-demo" not in page
    assert "@cast.test" not in page
