"""`python -m onevisit.config.cli`: the command line without an installed script."""

import sys

from onevisit.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
