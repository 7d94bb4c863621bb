"""The application for a WSGI server: ``gunicorn wsgi:app``."""

import os

from overleg import create_app
from overleg.settings import read_settings

app = create_app(read_settings(os.environ))
