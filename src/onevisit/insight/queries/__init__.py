"""What others read of insight."""

from onevisit.insight.queries.findings import examined, finding, findings, owners, record, snapshot_of
from onevisit.insight.queries.replays import change_of, replay, replays

__all__ = [
    "change_of", "examined", "finding", "findings", "owners", "record", "replay", "replays", "snapshot_of",
]  # fmt: skip
