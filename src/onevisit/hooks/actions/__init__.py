"""What can be done with hooks: one write a file."""

from onevisit.hooks.actions.deliver import deliver
from onevisit.hooks.actions.endpoints import add_endpoint, end_endpoints, remove_endpoint
from onevisit.hooks.actions.put import put
from onevisit.hooks.actions.replay import replay, replay_since

__all__ = ["add_endpoint", "deliver", "end_endpoints", "put", "remove_endpoint", "replay", "replay_since"]
