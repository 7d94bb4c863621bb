"""The fixtures of every test, by subject in `tests/plugins/`."""

pytest_plugins = [
    "tests.plugins.real_parts",
    "tests.plugins.databases",
    "tests.plugins.application",
    "tests.plugins.cast",
    "tests.plugins.smtp",
    "tests.plugins.browser",
]
