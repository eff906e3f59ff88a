"""How often somebody has done something within the last while, counted in this process."""

from django.core.cache import cache


def counted(key: str, within: int) -> int:
    """Count one more under the key; how many that makes since its `within` seconds began."""
    name = f"often-{key}"
    cache.add(name, 0, within)
    try:
        return int(cache.incr(name))
    except ValueError:  # its time ended between the two
        return 1
