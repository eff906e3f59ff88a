"""What can be done with notices: one write a file."""

from onevisit.notices.actions.make_now import make_now
from onevisit.notices.actions.new_notice_row import new_notice_row
from onevisit.notices.actions.post import post
from onevisit.notices.actions.render_pending import render_pending

__all__ = ["make_now", "new_notice_row", "post", "render_pending"]
