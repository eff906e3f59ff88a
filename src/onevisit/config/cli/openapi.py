"""`onevisit openapi`: the OpenAPI document, as docs/openapi.json has it."""

import argparse
import json

from onevisit.api.document import document


def arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_options: argparse.Namespace) -> int:
    """Print it."""
    print(printed(), end="")
    return 0


def printed() -> str:
    """The document as it is printed and committed."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
