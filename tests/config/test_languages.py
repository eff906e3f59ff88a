"""The message catalogues are complete; a language is added by its catalogue alone; the switch in the header."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils.translation import deactivate, ngettext, override
from tools.messages import LOCALE, Message, of_code, of_template, problems, read
from tools.messages import said as all_said

import onevisit
from onevisit.catalogue.queries import current
from onevisit.config import languages
from onevisit.core.errors import Refusal
from onevisit.core.text import Text
from onevisit.people.refused import said
from onevisit.ui.words import say
from tests.fixtures.content import REGION

MESSAGES = all_said()
EVENT = "open-restaurant"
JAPANESE = """msgid ""
msgstr ""
"Language: ja\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "您想办什么事？"
msgstr "何をしますか。"
"""


@pytest.fixture(autouse=True)
def _in_chinese_afterwards():
    """A request leaves its language behind in the thread."""
    yield
    deactivate()


@pytest.mark.parametrize("file", sorted(LOCALE.glob("*/LC_MESSAGES/django.po")), ids=lambda file: file.parts[-3])
def test_each_catalogue_says_everything(file):
    found = list(problems(file, MESSAGES))
    assert not found, "\n".join(["", *found])


def test_what_a_catalogue_lacks_is_told_with_where_to_add_it(tmp_path):
    file = tmp_path / "ja" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(
        JAPANESE + '\nmsgid "%(n)s 天"\nmsgstr "%(days)s 日"\n\nmsgid "没人说"\nmsgstr "x"\n', encoding="utf-8"
    )
    said_now = [Message("您想办什么事？", "", "a.html"), Message("%(n)s 天", "", "b.html"), Message("新的", "", "c.py")]
    fields, missing, unused = problems(file, said_now)
    assert "other fields" in fields and "b.html" in fields
    assert "what c.py says" in missing and 'msgid "新的"' in missing and "python -m tools.messages" in missing
    assert 'nobody says msgid "没人说"' in unused


def test_what_the_api_says_of_its_operations_and_fields_is_found():
    code = """
@operation(router, "GET", "/x")
def view(request, of: Annotated[str, Path(description="编号")]):
    '''看一件

    分两行
    说的。
    '''

def other():
    '''不是接口'''

field: str = Field(default="值", description="说明")
"""
    assert {one.text for one in of_code(code, "a.py")} == {"看一件", "分两行 说的。", "编号", "说明"}


def test_messages_are_found_in_code_and_templates():
    code = 'a = ngettext("%(n)d 天", "%(n)d 天", 2)\nclass No(Refusal):\n    sentence: ClassVar[str] = "不" "行"\n'
    assert {one.id for one in of_code(code, "a.py")} == {("%(n)d 天", "%(n)d 天"), "不行"}
    page = """{% load i18n %}{% translate "一" %}{% include "x" with y=_("二") %}{{ z|join:_("三") }}
    {% blocktranslate count n=m trimmed %}
      {{ n }} 个
    {% plural %}
      {{ n }} 个
    {% endblocktranslate %}"""
    assert [one.id for one in of_template(page, "a.html")] == ["一", "二", "三", ("%(n)s 个", "%(n)s 个")]


def refusals(kind: type[Refusal] = Refusal) -> list[type[Refusal]]:
    return [kind, *(each for sub in kind.__subclasses__() for each in refusals(sub))]


def test_each_refusal_has_its_sentence_in_english():
    catalogue = read(LOCALE / "en" / "LC_MESSAGES" / "django.po")
    for module in pkgutil.walk_packages(onevisit.__path__, "onevisit."):
        if module.name.endswith("errors"):
            importlib.import_module(module.name)  # a class that nobody has read does not exist yet
    ours = {kind for kind in refusals() if kind.__module__.startswith("onevisit.")}
    assert len(ours) > 80
    assert [kind for kind in ours if not (catalogue.get(kind.sentence) and catalogue.get(kind.sentence).string)] == []


class Full(Refusal):
    sentence = "这一步不在这里办。请到：{places}。"


def test_names_in_a_refusal_are_said_in_the_readers_language():
    refused = Full(places=Text.row([Text("甲厅", "Hall A"), Text("乙厅", "Hall B")]))
    assert str(refused) == said(refused) == "这一步不在这里办。请到：甲厅、乙厅。"
    with override("en"):
        assert said(refused) == "This step is not done here. Please go to: Hall A, Hall B."


def test_numbers_days_and_plurals_in_english():
    with override("en"):
        assert [ngettext("还有 %(days)d 天", "还有 %(days)d 天", n) % {"days": n} for n in (1, 2)] == [
            "1 day left",
            "2 days left",
        ]


@pytest.fixture
def with_japanese(tmp_path):
    """A third language, by its catalogue alone, and not complete."""
    for file in LOCALE.glob("*/LC_MESSAGES/django.po"):
        _put(tmp_path / "locale", file.parts[-3], file.read_text(encoding="utf-8"))
    _put(tmp_path / "locale", "ja", JAPANESE)
    made = languages.compiled(tmp_path / "var", tmp_path / "locale")
    assert made == languages.compiled(tmp_path / "var", tmp_path / "locale"), "made once"
    with override_settings(LANGUAGES=languages.found(tmp_path / "locale"), LOCALE_PATHS=[made]):
        yield


def _put(folder: Path, language: str, text: str) -> None:
    file = folder / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


def test_a_third_language_needs_its_catalogue_only(with_japanese, content, client):
    page = client.get("/").content.decode()
    assert 'lang="ja">日本語</button>' in page
    client.post("/language?next=/", {"language": "ja"})
    page = client.get("/").content.decode()
    assert '<html lang="ja">' in page
    assert "何をしますか。" in page
    assert "Skip to the main text" in page, "what it lacks is said in English"
    assert current(EVENT, REGION).event.name.en in page, "content has no third language"
    with override("ja"):
        assert ngettext("还有 %(days)d 天", "还有 %(days)d 天", 2) == "%(days)d days left"
        assert say(Text("只有中文")) == "只有中文"


def test_the_switch_keeps_the_page(content, client):
    address = f"/guides/{EVENT}?a=1&b=2"
    page = client.get(address).content.decode()
    assert '<html lang="zh-CN">' in page
    action = f"/language?next={address.replace('/', '%2F').replace('?', '%3F').replace('=', '%3D').replace('&', '%26')}"
    assert f'action="{action}"' in page
    answer = client.post(action, {"language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, address)
    page = client.get(address)
    assert '<html lang="en">' in page.content.decode()
    assert page["Content-Language"] == "en"
    assert client.post("/language?next=https://elsewhere.example/", {"language": "en"})["Location"] == "/"


def test_from_the_answer_to_a_form_the_switch_leads_to_the_form(client, db):
    page = client.post("/verify", {}, headers={"referer": "http://testserver/verify?from=1"})
    assert page.status_code == 422
    assert 'action="/language?next=%2Fverify%3Ffrom%3D1"' in page.content.decode()
    page = client.post("/verify", {}, headers={"referer": "https://elsewhere.example/x"})
    assert 'action="/language?next=%2F"' in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "answered"),
    [("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9", "zh-CN"), ("de,en;q=0.5", "en"), ("de", "zh-CN"), ("", "zh-CN")],
)
def test_the_first_visit_is_in_the_browsers_language(client, db, asked, answered):
    page = client.get("/verify", headers={"accept-language": asked}).content.decode()
    assert f'<html lang="{answered}">' in page
