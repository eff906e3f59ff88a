"""`onevisit openapi`: the OpenAPI document, as docs/openapi.json has it."""

import argparse
import json

from django.utils.translation import override

from onevisit.api.document import document
from onevisit.ui.words import SOURCE


def arguments(parser: argparse.ArgumentParser) -> None:
    """In which language."""
    parser.add_argument("--language", default=SOURCE, choices=(SOURCE, "en"), help="of summaries and descriptions")


def run(options: argparse.Namespace) -> int:
    """Print it."""
    print(printed(options.language), end="")
    return 0


def printed(language: str = SOURCE) -> str:
    """The document as it is printed, and in Chinese committed."""
    with override(language):
        return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"
