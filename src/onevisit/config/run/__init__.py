"""Starting everything: PostgreSQL, the web server, the worker, the demonstration register."""
