"""What is typed into the gate: entries of the public lists, comments, answers, reasons."""

from collections.abc import Mapping

from onevisit.catalogue.entry import EntryInput
from onevisit.catalogue.errors import CommentIncomplete, EntryIncomplete
from onevisit.catalogue.rules.gate import PublicList
from onevisit.core.text import Text

LONGEST_NAME, LONGEST_TEXT, LONGEST_KEY = 40, 2000, 100  # characters
_MISSING = Text("请填写这一项。", "Fill this in.")
_LONG = Text(f"最多 {LONGEST_TEXT} 字，请写短一些。", f"At most {LONGEST_TEXT} characters: write it shorter.")
_LONG_NAME = Text(f"最多 {LONGEST_NAME} 字。", f"At most {LONGEST_NAME} characters.")
_DAY = Text("请填日期，例如 2026-12-08。", "Give a day, such as 2026-12-08.")
_WHICH = Text("请选登记到哪一张清单。", "Choose the list.")
_DECLARE = Text(
    "省里的目录没有的，不能列为例外：浙江规定 43 要追究。核对过目录再勾选。",
    "What the province's list does not have is no exception; art. 43 punishes adding one. Check, then tick.",
)
_AGAIN = Text(
    "这一页过期了。请刷新再交，写的可以先复制下来。",
    "This page is out of date. Copy your words, reload and send again.",
)


def checked_entry(entry: EntryInput) -> EntryInput:
    """The entry with nothing but its list's own fields, trimmed. Raises EntryIncomplete."""
    if entry.list == PublicList.EXCEPTIONS:
        kept = EntryInput(
            entry.list, entry.law.strip(), entry.article.strip(), entry.entry.strip(), entry.entry_date, entry.declared
        )
        texts = {"law": kept.law, "article": kept.article, "entry": kept.entry}
        problems = _problems(texts) | ({} if kept.entry_date else {"entry_date": _DAY})
        problems |= {} if kept.declared else {"declared": _DECLARE}
    elif entry.list == PublicList.NOT_YET:
        kept = EntryInput(
            entry.list,
            causes=entry.causes.strip(),
            who=entry.who.strip(),
            change=entry.change.strip(),
            until=entry.until,
        )
        texts = {"causes": kept.causes, "who": kept.who, "change": kept.change}
        problems = _problems(texts) | ({} if kept.until else {"until": _DAY})
    else:
        raise EntryIncomplete({"list": _WHICH})
    if problems:
        raise EntryIncomplete(problems)
    return kept


def checked_comment(key: str, name: str, text: str) -> tuple[str, str]:
    """Name and text, trimmed. Raises CommentIncomplete."""
    name, text = name.strip(), text.strip()
    problems = _problems({"name": name, "text": text})
    if len(name) > LONGEST_NAME:
        problems["name"] = _LONG_NAME
    if not 0 < len(key) <= LONGEST_KEY:
        problems.setdefault("text", _AGAIN)
    if problems:
        raise CommentIncomplete(problems)
    return name, text


def checked_words(field: str, text: str) -> str:
    """An answer or a reason, trimmed. Raises CommentIncomplete."""
    problems = _problems({field: text.strip()})
    if problems:
        raise CommentIncomplete(problems)
    return text.strip()


def _problems(texts: Mapping[str, str]) -> dict[str, Text]:
    """What is empty or too long."""
    found = {field: _MISSING for field, text in texts.items() if not text}
    return found | {field: _LONG for field, text in texts.items() if len(text) > LONGEST_TEXT}
