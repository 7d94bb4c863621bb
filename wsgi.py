"""The application for a WSGI server: ``gunicorn --preload wsgi:app``."""

import os

from overleg import create_app
from overleg.memory import keep_what_is_loaded
from overleg.settings import read_settings

app = create_app(read_settings(os.environ))
keep_what_is_loaded()
