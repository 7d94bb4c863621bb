"""The server is killed while somebody writes: what it said to have kept is kept."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import OpenerDirector, Request, build_opener

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy.orm import Session

from overleg.db import db
from tests.minutes.held import SHARED_POINT, Held
from tests.plugins.cast import Cast
from tests.plugins.real_parts import ROOT

PATIENCE_SECONDS = 60
ENOUGH = 8
"""Kept texts after which the server is killed, in the middle of the next ones."""


@contextmanager
def served(url: str, secret: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """gunicorn on a free port, in a group of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "OVERLEG_MODE": "test",
        "OVERLEG_SECRET_KEY": secret,
        "OVERLEG_INSTANCE": str(folder),
        "DATABASE_URL": url,
    }
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "wsgi:app"]
    with subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            yield f"http://127.0.0.1:{port}", server
        finally:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)


def read(browser: OpenerDirector, address: str) -> str:
    """A page, once the server answers."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with browser.open(address, timeout=PATIENCE_SECONDS) as answer:
                return str(answer.read().decode())
        except (URLError, HTTPException, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def browser_of(app: Flask, cast: Cast) -> tuple[OpenerDirector, str]:
    """A browser in which support staff is signed in, and the token of its forms."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    person, raw = cast.support, "0" * 40
    who = f"{person.id}:{person.session_version}"
    value = serializer.dumps({"_user_id": who, "_fresh": True, "csrf_token": raw})
    browser = build_opener()
    browser.addheaders = [("Cookie", f"{app.config['SESSION_COOKIE_NAME']}={value}")]
    token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)
    return browser, str(token)


@pytest.mark.own_app
def test_nothing_that_was_acknowledged_is_lost_when_the_server_is_killed(
    app: Flask, cast: Cast, held: Held, session: Session, tmp_path: Path
) -> None:
    held.open()
    here = held.verslag(SHARED_POINT)
    save = here.replace("/verslag?", "/verslag/bewaren?")
    browser, token = browser_of(app, cast)
    secret = str(app.config["SECRET_KEY"])
    url = db.engine.url.render_as_string(hide_password=False)
    session.close()
    kept: list[int] = []

    with served(url, secret, tmp_path) as (address, server):
        assert SHARED_POINT in read(browser, f"{address}{here}")

        def write() -> None:
            for number in range(1, 10_000):
                fields = {
                    "csrf_token": token,
                    "text_html": f"Tekst {number}",
                    "started_from": "0",
                    "writing_id": "een venster",
                }
                sent = Request(f"{address}{save}", urlencode(fields).encode())  # noqa: S310
                with browser.open(sent, timeout=PATIENCE_SECONDS) as answer:
                    assert '"saved"' in answer.read().decode()
                kept.append(number)

        def write_until_killed() -> None:
            with suppress(URLError, HTTPException, OSError):
                write()

        writer = Thread(target=write_until_killed)
        writer.start()
        end = time.monotonic() + PATIENCE_SECONDS
        while len(kept) < ENOUGH and writer.is_alive() and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(server.pid, signal.SIGKILL)
        writer.join()
    assert len(kept) >= ENOUGH

    with served(url, secret, tmp_path) as (address, _server):
        found = re.findall(r"Tekst (\d+)", read(browser, f"{address}{here}"))
    assert {int(number) for number in found} <= {kept[-1], kept[-1] + 1}
    assert found
