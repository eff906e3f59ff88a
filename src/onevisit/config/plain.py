"""Plain: an error whose one sentence says what to do; commands print it and end with code 1."""


class Plain(Exception):
    """What went wrong and what to do, in one sentence for the person at the terminal."""
