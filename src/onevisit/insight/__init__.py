"""What the reform office finds out, and who sees to it: findings of the examination; replays of a changed catalogue."""
