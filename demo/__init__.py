"""What the demonstration brings along: never part of the product."""
