"""OneVisit 一次办: one-stop government services, compiled."""
