"""Fixtures live in ``tests/plugins``, one module per subject; each after those it uses."""

pytest_plugins = [
    "tests.plugins.in_memory",
    "tests.plugins.real_parts",
    "tests.plugins.shared",
    "tests.plugins.databases",
    "tests.plugins.redis_servers",
    "tests.plugins.smtp",
    "tests.plugins.imap",
    "tests.plugins.cast",
    "tests.plugins.scenarios",
    "tests.plugins.world",
    "tests.plugins.application",
    "tests.plugins.browser",
    "tests.plugins.axe",
]
