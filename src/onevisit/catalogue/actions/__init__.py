"""What can be done with the catalogue: the operator's publishing, and the gate's commands."""

from onevisit.catalogue.actions.commenting import answer_comment, comment, hide_comment, open_comment
from onevisit.catalogue.actions.drafting import draft_version, hand_in, prove_version, withdraw_version
from onevisit.catalogue.actions.listing import enter_list, put_in_force
from onevisit.catalogue.actions.publish import draft_content, publish_content

__all__ = [
    "answer_comment",
    "comment",
    "draft_content",
    "draft_version",
    "enter_list",
    "hand_in",
    "hide_comment",
    "open_comment",
    "prove_version",
    "publish_content",
    "put_in_force",
    "withdraw_version",
]
