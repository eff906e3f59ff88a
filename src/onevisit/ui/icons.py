"""Line icons on a 24 × 24 grid, by name; shapes only, the colour is the text's."""

from django.utils.safestring import SafeString

from onevisit.ui.svg import join, tag

PATHS: dict[str, str] = {
    "home": "M3 11 12 4l9 7M6 9.5V20h12V9.5M10 20v-5h4v5",
    "case": "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h5",
    "me": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c.6-4.4 3.8-6.5 8-6.5s7.4 2.1 8 6.5",
    "licence": (
        "M3 5h18v14H3zM7 10h6M7 14h4M17 12.5a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6M15.8 12.3V16l1.2-.8 1.2.8v-3.7"
    ),
    "shield": "M12 3 5 5.5v6c0 4.5 3 7.8 7 9.5 4-1.7 7-5 7-9.5v-6zM8.8 12l2.3 2.3 4.2-4.3",
    "upload": "M12 16V5M7.5 9 12 4.5 16.5 9M4 16v4h16v-4",
    "pin": (
        "M12 21c-4-4.5-6.5-7.6-6.5-11a6.5 6.5 0 0 1 13 0c0 3.4-2.5 6.5-6.5 11zM12 7.7a2.3 2.3 0 1 0 0"
        " 4.6 2.3 2.3 0 0 0 0-4.6"
    ),
    "arrow": "M4 12h15M13 6l6 6-6 6",
    "pen": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "bulb": "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 10.9c.6.5.9 1.2.9 2.1h5.2c0-.9.3-1.6.9-2.1A6 6 0 0 0 12 3z",
    "phone": "M7 3h10v18H7zM11 18h2",
    "courier": (
        "M2 6h12v11H2zM14 10h4.5L22 13.5V17h-8M4.5 18a2 2 0 1 0 4 0 2 2 0 1 0-4 0M15.5 18a2 2 0 1 0 4 0 2 2 0 1 0-4 0"
    ),
    "file": "M6 3h8l5 5v13H6zM14 3v5h5",
    "bowl": (
        "M3 11h18c0 4-2.5 7-5.5 8h-7C5.5 18 3 15 3 11zM8.5 19v2h7v-2M9 3c-1 1.5 1 2.5 0 4.5M13 3c-1 1.5"
        " 1 2.5 0 4.5M17 3c-1 1.5 1 2.5 0 4.5"
    ),
    "baby": (
        "M12 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M9.8 8.3h0M14.2 8.3h0M10 10.8c1.2 1 2.8 1 4 0"
        "M12 3c-.8-1 .2-2 1.2-1.5M5 21c.5-3.5 3-5 7-5s6.5 1.5 7 5"
    ),
    "tiles": "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
    "scan": "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
    "alert": "M12 4 2.5 20h19zM12 10v5M12 17.5v.5",
    "check": "M4 12.5l5 5L20 6.5",
}


def icon(name: str, extra: str = "") -> SafeString:
    """The icon, hidden from screen readers: words stand beside it."""
    path = tag("path", d=PATHS.get(name, PATHS["tiles"]))
    classes = f"ov-icon {extra}".strip()
    return tag("svg", path, class_=classes, viewBox="0 0 24 24", aria_hidden="true", focusable="false")


CLOCK_SHAPES: dict[str, str] = {
    "ontime": "M7 1a6 6 0 1 0 0 12A6 6 0 0 0 7 1z",
    "near": "M7 0.8 13.6 12.8H.4z",
    "overdue": "M7 0.5 13.5 7 7 13.5.5 7z",
    "waiting": "M2 1h3.6v12H2zM8.4 1H12v12H8.4z",
    "done": "M5.2 12.3.6 7.7l1.9-1.9 2.7 2.7L11.6 2l1.9 1.9z",
}


def clock_shape(status: str) -> SafeString:
    """The shape that says the clock's state without colour: ● ▲ ◆ ❚❚ ✓."""
    shape = tag("path", d=CLOCK_SHAPES.get(status, CLOCK_SHAPES["waiting"]))
    return tag("svg", join([shape]), viewBox="0 0 14 14", aria_hidden="true", focusable="false")
