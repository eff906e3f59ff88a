"""`onevisit ledger verify [--case NUMBER]`: whether the ledger is whole, and which entry is not."""

import argparse

from onevisit.cases.queries import verify


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which case."""
    parser.add_argument("act", choices=("verify",))
    parser.add_argument("--case", default="", help="number of one case (default: all)")


def run(options: argparse.Namespace) -> int:
    """Print every finding; 0 when there is none, else 1."""
    findings = verify(options.case)
    for finding in findings:
        print(finding)
    print("ledger: whole" if not findings else f"ledger: {len(findings)} findings")
    return 1 if findings else 0
