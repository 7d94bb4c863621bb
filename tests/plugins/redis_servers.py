"""A real Redis server: a test marked `redis` has its application keep its jobs there."""

from collections.abc import Iterator

import pytest

from tools.redis_server import PrivateRedis


@pytest.fixture(scope="session")
def redis_server() -> Iterator[PrivateRedis]:
    """The Redis server of this process; it starts when it is first asked for."""
    with PrivateRedis() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: PrivateRedis) -> Iterator[str]:
    """The address of a Redis with nothing in it, as the setting OVERLEG_REDIS_URL takes it."""
    yield redis_server.url
    redis_server.forget_all()
