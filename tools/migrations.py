"""Whether every model has its migration. No database is asked."""

import os
import sys
import warnings

import django
from django.core.management import call_command


def main() -> int:
    """1 when a migration is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onevisit.config.settings")
    warnings.filterwarnings("ignore", message=".*consistent migration history", category=RuntimeWarning)
    django.setup()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, verbosity=1)
    except SystemExit:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
