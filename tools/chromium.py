"""The browser of this machine, for tests and pictures."""

import shutil


def find_chromium() -> str | None:
    """Return the path of the browser, if there is one: best without a window around its pages.

    That is the same engine, and takes half the time.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)
