"""Each write of this room."""

from onevisit.insight.actions.decide import decide
from onevisit.insight.actions.examine import examine, examine_if_new

__all__ = ["decide", "examine", "examine_if_new"]
