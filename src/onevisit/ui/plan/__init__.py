"""The plan drawing: lanes with time running right (desktops) or down (phones), and the same in words."""
