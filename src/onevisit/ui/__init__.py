"""Components: template, style, example. Template tags only."""
