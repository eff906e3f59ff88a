"""How the rooms are put together and run: settings, addresses, middleware, the command line."""
