"""The demonstration register (示范): a separate process that answers for government's registers."""
