"""The hooks room: who is told of what, by signed messages to his own address (webhooks)."""
