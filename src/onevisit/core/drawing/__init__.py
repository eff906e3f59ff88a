"""An event as a picture: services, what they need, what flows between them, where somebody has to go."""
