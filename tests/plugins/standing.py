"""Applications that stand: made once per process, and lent to one test after another.

Making an application takes much longer than most tests, and each new one compiles its statements
and templates again. A borrower gets its own database, settings, clock, folder, queue and memories;
what it changed of the application itself (routes, views, config) makes it fail when it returns it.
A test that must change those is marked `own_app`.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache

from overleg import create_app
from overleg.jobs.queue import queue_of
from tests.plugins.databases import settings_for

RENEWED = {"jobs": copy, "feed_memory": deepcopy}
"""What the application keeps between requests, and how a borrower gets it as it was at first."""


@dataclass
class StandingApp:
    """One application on one address, where each borrower finds another database."""

    app: Flask
    extensions: dict[str, Any]
    shape: dict[str, Any]


@dataclass
class StandingApps:
    """The applications of this process, by the address of their database."""

    instance: Path
    compiled: BytecodeCache
    _standing: dict[str, StandingApp] = field(default_factory=dict)

    @contextmanager
    def lend(self, url: str, read_clock: Callable[[], datetime]) -> Iterator[Flask]:
        """Give the application on this address, as new."""
        if url not in self._standing:
            made = create_app(settings_for(url, self.instance))
            made.jinja_env.bytecode_cache = self.compiled
            self._standing[url] = StandingApp(made, dict(made.extensions), _shape(made))
        standing = self._standing[url]
        renewed = {name: again(standing.extensions[name]) for name, again in RENEWED.items()}
        standing.app.extensions = {**standing.extensions, **renewed, "clock": read_clock}
        shutil.rmtree(self.instance, ignore_errors=True)
        yield standing.app
        if _shape(standing.app) != standing.shape:
            del self._standing[url]
            raise AssertionError("the test changed the application itself: mark it own_app")


def _shape(app: Flask) -> dict[str, Any]:
    return {
        "views": dict(app.view_functions),
        "rules": [rule.rule for rule in app.url_map.iter_rules()],
        "config": dict(app.config),
        "globals": dict(app.jinja_env.globals),
        "jobs": queue_of(app).names,
    }
