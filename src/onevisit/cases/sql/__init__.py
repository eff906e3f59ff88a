"""The few hot statements, kept as SQL and read once."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
LOCK_DRAFT = (_HERE / "lock_draft.sql").read_text(encoding="utf-8")
SUBMIT = (_HERE / "submit.sql").read_text(encoding="utf-8")
READ_FOR_GRANT = (_HERE / "read_for_grant.sql").read_text(encoding="utf-8")
GRANT = (_HERE / "grant.sql").read_text(encoding="utf-8")
WRITE_NOTICES = (_HERE / "write_notices.sql").read_text(encoding="utf-8")
