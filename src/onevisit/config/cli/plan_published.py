"""`onevisit plan EVENT --database`: the plan by the version that is in force in the database."""

import argparse

from django.conf import settings

from onevisit.catalogue import queries
from onevisit.config.cli import plan

arguments = plan.arguments


def run(options: argparse.Namespace) -> int:
    """Plan from the database."""
    published = queries.current(options.event, settings.REGION)
    plan.show(options, published.event, published.graph, queries.calendar())
    return 0
