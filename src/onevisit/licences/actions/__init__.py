"""What can be done to licences: one write a file."""

from onevisit.licences.actions.new_licence_row import new_credit_code, new_licence_row
from onevisit.licences.actions.render_pending import render_pending
from onevisit.licences.actions.revoke import revoke

__all__ = ["new_credit_code", "new_licence_row", "render_pending", "revoke"]
