"""Documents: what they say, what they cannot be made to do, that they are PDF/A, that the QR code is there."""

import io
import json
import re
from datetime import timedelta

import pytest
import segno
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from onevisit.paper import typeset
from onevisit.paper.glyphs import covered, printable
from onevisit.paper.typesetting import compiled, templates
from tests.paper.samples import AT, CASE, ISSUER, SAMPLES

HOSTILE = '#read("/etc/passwd") $x^2$ *b* _i_ @ref <label> `raw` #panic("x") \\u{41} // c /* c */ "q"'


def words(pdf: bytes) -> str:
    """All text of the file without spaces and breaks."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"[\s\u200b]", "", text)


def flat(value: object) -> list[str]:
    """All texts in a value, but no drawings."""
    if isinstance(value, dict):
        return [text for key, item in value.items() if key != "qr" for text in flat(item)]
    if isinstance(value, list):
        return [text for item in value for text in flat(item)]
    return [value] if isinstance(value, str) else []


def test_there_is_a_sample_of_every_template():
    assert templates() == set(SAMPLES)


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_a_document_says_what_it_was_told_and_that_it_is_a_demonstration(template):
    said = words(typeset(template, SAMPLES[template], at=AT))
    coded = {"granted", "general"}
    for text in flat(SAMPLES[template]):
        if text in coded or re.fullmatch(r"\d{4}-\d\d-\d\d", text) or (text.startswith(CASE) and "-" in text):
            continue
        assert re.sub(r"\s", "", text) in said
    assert "不具有法律效力" in said
    assert "示范专用章" in said


@pytest.mark.parametrize("template", ["non_acceptance", "decision", "revocation"])
def test_decisions_name_both_remedies_with_their_articles(template):
    said = words(typeset(template, SAMPLES[template], at=AT))
    assert "六十日内" in said
    assert "行政复议法》第二十条" in said
    assert "六个月内" in said
    assert "行政诉讼法》第四十六条" in said


def test_a_refusal_is_titled_so():
    refused = SAMPLES["decision"] | {"outcome": "refused", "reasons": "缺少洗消间。"}
    refused |= {"title": "不予确认决定书", "done": "本机关决定不予确认。"}
    said = words(typeset("decision", refused, at=AT))
    assert "不予确认决定书" in said and "本机关决定不予确认。" in said
    assert "缺少洗消间" in said
    assert "颁发的证照" not in said


def test_a_decision_from_before_titles_were_data_is_titled_by_its_act():
    old = {key: value for key, value in SAMPLES["decision"].items() if key not in ("title", "done", "came", "remedy")}
    said = words(typeset("decision", old | {"outcome": "refused", "act": "登记"}, at=AT))
    assert "不予登记决定书" in said and "受理。经审查，本机关决定不予登记。" in said
    assert "行政诉讼法》第四十六条" in said


def test_a_tax_is_paid_before_it_is_contested():
    said = words(typeset("decision", SAMPLES["decision"] | {"remedy": "tax", "came": "收到"}, at=AT))
    assert "必须先依照纳税决定缴纳或者解缴税款及滞纳金，或者提供相应的担保" in said
    assert "税收征收管理法》第八十八条第一款向示范县人民政府申请行政复议" in said
    assert said.index("担保") < said.index("六十日内")
    assert "经审查" not in said


def test_a_public_service_is_no_act_of_an_administration():
    said = words(typeset("decision", SAMPLES["decision"] | {"remedy": "service"}, at=AT))
    assert "投诉、举报平台投诉" in said
    assert "行政复议" not in said


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_pdf_a_2b_metadata(template):
    reader = PdfReader(io.BytesIO(typeset(template, SAMPLES[template], at=AT)))
    xmp = reader.xmp_metadata
    assert (xmp.pdfaid_part, xmp.pdfaid_conformance) == ("2", "B")
    assert reader.trailer["/Root"]["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert reader.metadata.creation_date == AT
    assert reader.metadata.author == ISSUER
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile3" in font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_equal_data_gives_equal_bytes():
    first, second = (typeset("licence", SAMPLES["licence"], at=AT) for _ in range(2))
    assert first == second
    assert typeset("licence", SAMPLES["licence"], at=AT + timedelta(seconds=1)) != first


@pytest.mark.parametrize("template", sorted(SAMPLES))
def test_hostile_text_is_printed_not_run(template):
    def spoiled(value: object, key: str = "") -> object:
        if isinstance(value, dict):
            return {name: spoiled(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [spoiled(item) for item in value]
        return HOSTILE if isinstance(value, str) and key not in ("qr", "outcome") else value

    said = words(typeset(template, spoiled(SAMPLES[template]), at=AT))
    assert '#read("/etc/passwd")' in said
    assert "root:" not in said


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_no_name_breaks_a_document(name):
    assert typeset("licence", SAMPLES["licence"] | {"holder": name, "title": name}, at=AT).startswith(b"%PDF")


def test_templates_read_nothing_outside_their_folder():
    with pytest.raises(KeyError):
        typeset("../../config/settings", {}, at=AT)
    with pytest.raises(KeyError):
        typeset("common", {}, at=AT)


def test_missing_data_is_an_error_not_an_empty_document():
    with pytest.raises(typst.TypstError):
        typeset("correction", SAMPLES["correction"] | {"items": [{"name": "图"}]}, at=AT)


@pytest.mark.parametrize("length", [1, 30, 200])
@pytest.mark.parametrize("letters", ["阿卜杜拉·", "W", "Long Company Name Ltd "])
def test_long_names_stay_on_the_page(length, letters):
    name = (letters * length)[:length]
    data = SAMPLES["licence"] | {"holder": name, "fields": [["经营项目", name]]}
    picture = Image.open(io.BytesIO(compiled("licence", data, at=AT, form="png", ppi=40))).convert("L")
    scale = 40 / 25.4
    beside = picture.crop((int(182 * scale), int(40 * scale), int(196 * scale), int(230 * scale)))
    assert beside.getextrema()[0] > 180, "ink between the table and the frame"


def test_the_qr_code_on_paper_is_the_code_of_the_address():
    """Sampled module by module from the picture, so that it holds whatever a reader makes of it."""
    address = "http://127.0.0.1:8000/verify/" + "x" * 32
    matrix = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    page = compiled("licence", SAMPLES["licence"], at=AT, form="png", ppi=300)
    picture = Image.open(io.BytesIO(page)).convert("L").point(lambda grey: 255 if grey > 128 else 0)
    left, low = 0, int(picture.height * 0.70)
    corner = picture.crop(
        (int(25 / 210 * picture.width), low, int(75 / 210 * picture.width), int(picture.height * 0.91))
    )
    dark = corner.point(lambda grey: 255 - grey).getbbox()
    assert dark is not None
    left, top = dark[0], dark[1]
    side = 33 / 25.4 * 300 / (len(matrix) + 8)  # pixels for each module; the quiet zone is four on each side
    assert side / 300 * 25.4 >= 0.5, "modules of at least half a millimetre"
    read = [
        [
            int(corner.getpixel((int(left + (x + 0.5) * side), int(top + (y + 0.5) * side))) == 0)
            for x in range(len(row))
        ]
        for y, row in enumerate(matrix)
    ]
    assert read == matrix


def test_the_font_draws_the_mainlands_characters():
    gb2312 = {bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF)} - {""}
    assert len(gb2312) == 6763
    assert {char for char in gb2312 if ord(char) not in covered()} == set()
    unified = set(range(0x4E00, 0x9FA6))
    assert unified <= covered()
    assert all(ord(char) in covered() for char in "《》〔〕、。，；：“”·①〓—×○●")


def test_what_cannot_be_drawn_is_written_as_its_code_point():
    assert printable("李𰻝") == "李〓(U+30EDD)"
    assert printable("面馆🍜") == "面馆〓(U+1F35C)"
    assert printable("a\u202eb\x00c\ufeff") == "abc"
    assert printable("\ue000") == "〓(U+E000)"
    assert printable("x" * 29) == "x" * 29
    assert "\u200b" in printable("x" * 30)


def test_data_goes_through_json_whatever_it_holds():
    data = SAMPLES["licence"] | {"holder": json.dumps({"a": '"}]'})}
    assert '{"a":"\\"}]"}' in words(typeset("licence", data, at=AT))
