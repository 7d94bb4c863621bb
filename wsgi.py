"""The application for a WSGI server: ``gunicorn --preload wsgi:app``."""

import gc
import os

from overleg import create_app
from overleg.settings import read_settings

app = create_app(read_settings(os.environ))
# What is loaded stays: looking through it for garbage would copy it into each forked worker.
gc.collect()
gc.freeze()
