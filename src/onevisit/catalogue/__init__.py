"""The catalogue's editions in force, and the gate that publishes them."""
