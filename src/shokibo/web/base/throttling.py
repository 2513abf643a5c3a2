"""How often somebody did something, counted for all processes in the shared cache."""

import time

from django.core.cache import cache


def counted(what: str, seconds: int) -> int:
    """Count one more in the current period; return the count."""
    key = f"{what}-{int(time.time()) // seconds}"
    if cache.add(key, 1, seconds):
        return 1
    return int(cache.incr(key))


def until_next(seconds: int) -> float:
    """Return the seconds until the next period begins."""
    return seconds - time.time() % seconds
