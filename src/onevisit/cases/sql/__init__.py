"""The few hot statements, kept as SQL and read once."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
LOCK_DRAFT = (_HERE / "lock_draft.sql").read_text(encoding="utf-8")
SUBMIT = (_HERE / "submit.sql").read_text(encoding="utf-8")
