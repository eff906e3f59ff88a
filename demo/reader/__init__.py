"""A demonstration card reader (示范): lines as a keyboard wedge types them (docs/card-reader.md)."""

CARDS = (
    "陈小满|330521199002149981|女|汉|19900214|浙江省湖州市德清县示范路1号（示范）",
    "周阿满（示范）|330521199403051221|女|汉|19940305|浙江省湖州市德清县示范路9号（示范）",
    "魏素（示范）|330521199511110225|女|汉|19951111|浙江省湖州市德清县示范路11号（示范）",
    "林一勺|330521199311059963|女|汉|19931105|浙江省湖州市德清县示范路7号（示范）",
    "吴秋实|330521198412129962|女|汉|19841212|浙江省湖州市德清县示范路3号（示范）",
)


def line(name: str) -> str:
    """The line of the card whose holder's name begins so. Raises KeyError."""
    found = next((card for card in CARDS if card.startswith(name)), None)
    if found is None:
        raise KeyError(name)
    return found
