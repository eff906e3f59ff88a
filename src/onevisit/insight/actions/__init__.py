"""Each write of this room."""

from onevisit.insight.actions.advancing import advance
from onevisit.insight.actions.decide import decide
from onevisit.insight.actions.examine import examine, examine_if_new
from onevisit.insight.actions.replays import start_replay, stop_replay

__all__ = ["advance", "decide", "examine", "examine_if_new", "start_replay", "stop_replay"]
