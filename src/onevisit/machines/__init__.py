"""The machines room: programs that act through the API, their secrets, and the answers they got."""
