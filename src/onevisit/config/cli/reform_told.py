"""What `onevisit reform` prints: in words, and as JSON. What rests on estimates or drawn applicants says so."""

from collections.abc import Iterator
from typing import Any

from onevisit.config.cli.reform_found import Found, Part
from onevisit.config.cli.reforming import facts_in_words
from onevisit.core.levers.model import Lever
from onevisit.core.planning.graph import compile_event
from onevisit.core.reforming.averages import Averages
from onevisit.core.reforming.cheapest import cost_of
from onevisit.core.reforming.rules import source_of
from onevisit.core.text import Text, counted

ESTIMATES = Text(
    "费用都是改革办自己的估计，没有公开来源，可以改（content/reform）",
    "all costs are the office's own estimates without public source, to be put right in content/reform",
)
DEMAND = Text(
    "一年的件数也是：每件事一年的件数，乘以最费事的人跑的次数，加起来",
    "so is the yearly demand: of each event its demand times the visits of its worst-off person, summed up",
)
SYNTHETIC = Text(
    "平均数是合成的申请人的：随机抽出来、每次都一样，不是真人，也不说明这个县哪种人有多少",
    "averages are of synthetic applicants, drawn by chance, always the same: nobody real, no count of who lives there",
)


def told(found: Found, lang: str) -> Iterator[str]:
    """Everything in words."""
    alone = len(found.parts) == 1
    for part in found.parts:
        yield part.event.name.of(lang)
        said = [
            *_part(part, bought=found.bought is not None),
            *(_total(found) if alone and (part.levers or not found.proved) else ()),
            *_after(part),
        ]
        yield from ("  " + one.of(lang) for one in said)
    if not alone:
        yield Text("合起来", "together").of(lang)
        yield from ("  " + one.of(lang) for one in _total(found))
    yield ESTIMATES.of(lang)
    if found.bought and not alone:
        yield DEMAND.of(lang)
    yield SYNTHETIC.of(lang)


def _part(part: Part, *, bought: bool) -> Iterator[Text]:
    online, walk_in = part.visits[0]
    yield Text(
        f"现在：在网上办最多跑 {online} 次，只到窗口办最多 {walk_in} 次",
        f"now: at most {counted(online, 'visit')} online, {walk_in} walking in",
    )
    if part.helpless is not None:
        words = facts_in_words(compile_event(part.event, ""), part.helpless.facts)
        yield Text(
            f"手段全用上，也到不了 {part.reached} 次。这样的人还是要多跑：{words.zh}",
            f"not even all levers reach {part.reached}. Who still comes more often: {words.of('en')}",
        )
    elif not part.levers:
        nothing = Text("不用再改", "nothing has to be changed")
        yield Text("这笔钱在这里买不到更少的次数", "the budget buys no fewer visits here") if bought else nothing
    for lever in part.levers:
        yield _lever(part, lever)


def _lever(part: Part, lever: Lever) -> Text:
    owner = lever.owner(part.event)
    source = source_of(lever.basis) if lever.basis.law else lever.basis.note or source_of(lever.basis)
    others = part.shared.get(lever.key, ())
    zh, en = ("、".join(one.name.zh for one in others), ", ".join(one.name.of("en") for one in others))
    return Text(
        f"· {lever.name.zh}：{owner.zh}，估计 {cost_of(lever):,} 元，依据：{source.zh}"
        + (f"（和“{zh}”是同一项工作，只付一次）" if zh else ""),
        f"· {lever.name.of('en')}: {owner.of('en')}, ¥{cost_of(lever):,} by estimate, {source.of('en')}"
        + (f" (one piece of work with: {en}; paid once)" if en else ""),
    )


def _total(found: Found) -> Iterator[Text]:
    """Money and visits of all events, and what is proved of it."""
    answer, bought = found.answer, found.bought
    rows = len(answer.needed)
    least = Text(
        f"证明了没有更便宜的：{rows} 组手段，每组至少要用一个" if rows else "证明了没有更便宜的",
        f"Proved cheapest: of {counted(rows, 'row')} of levers, one of each is needed" if rows else "Proved cheapest",
    )
    if not answer.proved:
        least = Text(
            f"时间到了，没有证明这是最便宜的：至少要 {answer.bound:,} 元",
            f"The time was up, so it is not proved cheapest: no less than ¥{answer.bound:,} does as much",
        )
    spared = Text(
        f"（共用的只付一次，省 {found.saved:,} 元）", f" (work that is shared is paid once: ¥{found.saved:,} less)"
    )
    yield Text(
        f"第一年共 {answer.cost:,} 元（估计）{spared.zh if found.saved else ''}。{least.zh}",
        f"¥{answer.cost:,} in the first year (estimate){spared.en if found.saved else ''}. {least.of('en')}",
    )
    if bought is None:
        return
    if len(found.parts) > 1:
        yield Text(
            f"各件事最费事的人，一年合计：{found.before:,} 次 → {bought.visits:,} 次",
            f"the worst-off people of all events, a year: {found.before:,} → {bought.visits:,} visits",
        )
    if bought.proved:
        yield Text("证明了这笔钱买不到更少的次数", "proved: the budget buys no fewer visits")
    else:
        yield Text(
            f"时间到了，没有证明这是最少的：至少还要跑 {bought.bound:,} 次",
            f"the time was up, so it is not proved the fewest: no fewer than {bought.bound:,} visits",
        )


def _after(part: Part) -> Iterator[Text]:
    (online, walk_in), (was, now) = part.visits[1], part.averages
    if part.levers:
        yield Text(
            f"以后：在网上办最多跑 {online} 次，只到窗口办最多 {walk_in} 次，已证明",
            f"then: at most {counted(online, 'visit')} online, {walk_in} walking in, proved",
        )
    pairs = [(f"{one:.1f}", f"{other:.1f}") for one, other in _pairs(was, now)]
    visits, papers, questions, days = (" → ".join(dict.fromkeys(pair)) for pair in pairs)
    yield Text(
        f"平均（{was.applicants} 个合成的申请人）：跑 {visits} 次，自己带的材料 {papers} 份，"
        f"要答的问题 {questions} 个，承诺工作日 {days} 天",
        f"on average ({was.applicants} synthetic applicants): visits {visits}, papers to bring {papers}, "
        f"questions {questions}, working days promised {days}",
    )


def _pairs(was: Averages, now: Averages) -> Iterator[tuple[float, float]]:
    yield was.visits, now.visits
    yield was.papers, now.papers
    yield was.questions, now.questions
    yield was.days, now.days


def document(found: Found, lang: str) -> list[dict[str, Any]] | dict[str, Any]:
    """The events as JSON, amounts as estimates; of several, what holds of them together beside."""
    events = [_event(found, part, lang) for part in found.parts]
    if len(events) == 1:
        return events
    answer, bought = found.answer, found.bought
    several: dict[str, Any] = {
        "cost_first_year": float(answer.cost),
        "cost_at_least": float(answer.bound),
        "shared_saves": float(found.saved),
        "proved": found.proved,
        "estimates": ESTIMATES.of(lang),
    }
    if bought is not None:
        several["visits_a_year"] = {
            "before": float(found.before),
            "after": float(bought.visits),
            "at_least": float(bought.bound),
            "estimates": DEMAND.of(lang),
        }
    return {"together": several, "events": events}


def _event(found: Found, part: Part, lang: str) -> dict[str, Any]:
    reached = part.helpless is None
    before, after = part.visits
    alone = len(found.parts) == 1
    return {
        "event": part.event.key,
        "target": part.reached,
        "reached": reached,
        "proved": found.proved,
        "estimates": ESTIMATES.of(lang),
        "cost_first_year": float(sum(cost_of(lever) for lever in part.levers)),
        **({"cost_at_least": float(found.answer.bound)} if alone else {"demand": float(part.reform.demand.amount)}),
        "levers": [_lever_document(part, lever, lang) for lever in part.levers],
        "rows": [sorted(row) for row in part.rows],
        "before": {"online": before[0], "walk_in": before[1]},
        "after": {"online": after[0], "walk_in": after[1]} if reached else None,
        "averages": {
            "of": SYNTHETIC.of(lang),
            "applicants": part.averages[0].applicants,
            "before": _averages(part.averages[0]),
            "after": _averages(part.averages[1]) if reached else None,
        },
    }


def _averages(one: Averages) -> dict[str, float]:
    return {
        "visits": one.visits,
        "all_visits": one.all_visits,
        "papers": one.papers,
        "questions": one.questions,
        "days": one.days,
    }


def _lever_document(part: Part, lever: Lever, lang: str) -> dict[str, Any]:
    return {
        "key": lever.key,
        "name": lever.name.of(lang),
        "owner": lever.owner(part.event).of(lang),
        "cost": float(lever.cost.amount),
        "yearly_cost": float(lever.yearly_cost.amount) if lever.yearly_cost else 0.0,
        "estimated_by": lever.cost.by.of(lang),
        **({"work": lever.work, "shared_with": [one.key for one in part.shared[lever.key]]} if lever.work else {}),
    }
