"""The application for a WSGI server: ``gunicorn --preload wsgi:app``."""

import os
import sys

from overleg import create_app
from overleg.memory import keep_what_is_loaded
from overleg.settings import SettingsError, read_settings

NO_USE_TO_GO_ON = 4
"""With this status gunicorn stops; with another it starts one worker after the other, for ever."""

try:
    app = create_app(read_settings(os.environ))
except SettingsError as error:
    print(error, file=sys.stderr)
    sys.exit(NO_USE_TO_GO_ON)
keep_what_is_loaded()
