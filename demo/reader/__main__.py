"""Print what the demonstration reader types: `python -m demo.reader [NAME]`."""

import sys

from demo.reader import CARDS, line


def main() -> int:
    """All cards, or that of a name."""
    try:
        print("\n".join([line(name) for name in sys.argv[1:]] or CARDS))
    except KeyError as unknown:
        print(f"没有这张示范身份证：{unknown.args[0]}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
