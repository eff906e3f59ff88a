"""What can be done with notices: one write a file."""

from onevisit.notices.actions.new_notice_row import new_notice_row
from onevisit.notices.actions.render_pending import render_pending

__all__ = ["new_notice_row", "render_pending"]
