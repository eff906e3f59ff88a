"""`onevisit licence verify FILE`: whether a licence's file is whole and by whom it is sealed."""

import argparse
from pathlib import Path

from onevisit.config.plain import Plain
from onevisit.licences.queries import verify_file

LARGEST = 50 * 1024 * 1024


def arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("act", choices=("verify",))
    parser.add_argument("file", type=Path)


def run(options: argparse.Namespace) -> int:
    """Print the verdict; 0 when genuine and valid, else 1."""
    try:
        if options.file.stat().st_size > LARGEST:
            raise Plain(f"{options.file} is larger than 50 MB: no licence is.")
        content = options.file.read_bytes()
    except OSError as error:
        raise Plain(f"{options.file} cannot be read: {error.strerror}.") from error
    verdict = verify_file(content)
    print(verdict)
    return 0 if verdict.ok else 1
