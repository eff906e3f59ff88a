"""A plan drawn with characters, for a terminal."""

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from onevisit.core.catalogue import AcceptKind, LifeEvent
from onevisit.core.planning.model import Plan, PlannedEvidence, PlannedProcedure, Range, Truth
from onevisit.core.text import Text

_WIDEST = 40  # columns of the time line
_OWN = {
    AcceptKind.UPLOAD: Text("上传", "upload"),
    AcceptKind.COPY: Text("带复印件", "bring a copy"),
    AcceptKind.ORIGINAL: Text("带原件", "bring the original"),
    AcceptKind.COMMITMENT: Text("承诺", "promise"),
}
_GIVEN = {
    AcceptKind.LICENCE: Text("已有电子证照", "licence on file"),
    AcceptKind.RESOURCE: Text("政府已有", "government has it"),
    AcceptKind.OUTPUT: Text("本次办出，部门间直接传", "made here, passed on between agencies"),
    AcceptKind.EARLIER: Text("以前传过", "uploaded before"),
}
_HEADS = {
    "procedures": Text("要办的事", "What has to be done"),
    "open": Text("看您的情况", "Depends on your answers"),
    "evidence": Text("材料", "Evidence"),
    "visits": Text("要跑的", "Visits"),
    "questions": Text("还要问您", "Still to be asked"),
    "later": Text("办理中才知道", "Turns out on the way"),
    "fees": Text("费用", "Fees"),
    "offers": Text("您可以选", "You may choose"),
    "assumptions": Text("没有条文规定，先这样假定", "Assumed, since no article says otherwise"),
    "unavailable": Text("现在查不到的共享数据，已改用别的办法", "Registers not usable now; another way was taken"),
}
_BECAUSE = {
    "down": Text("连不上", "does not answer"),
    "absent": Text("没有记录", "has no record"),
    "disputed": Text("您说不对", "you say it is wrong"),
}


def draw(plan: Plan, event: LifeEvent, lang: str) -> str:
    """The whole plan as text in `lang`."""
    return "\n".join(_Drawing(plan, event, lang).lines())


def width(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def pad(text: str, columns: int) -> str:
    """`text` filled with spaces to `columns`."""
    return text + " " * max(0, columns - width(text))


class _Drawing:
    """Draws one plan; each section is an iterator of lines."""

    def __init__(self, plan: Plan, event: LifeEvent, lang: str) -> None:
        self.plan, self.event, self.lang = plan, event, lang
        self.agencies = {agency.key: agency.short.of(lang) for agency in event.agencies}
        self.services = {service.key: service.name.of(lang) for service in event.services}
        self.facts = {fact.key: fact for fact in event.facts}
        self.places = {place.key: place.name.of(lang) for place in event.places}
        self.resources = {resource.key: resource.name.of(lang) for resource in event.resources}

    def lines(self) -> Iterator[str]:
        """All sections that have something to say."""
        yield from self._summary()
        needed = [p for p in self.plan.procedures if p.status is Truth.YES]
        yield from self._section("procedures", self._procedures(needed))
        yield from self._section("open", self._open())
        yield from self._section("unavailable", self._unavailable())
        yield from self._section("evidence", self._evidence())
        yield from self._section("visits", self._visits())
        yield from self._section("fees", self._fees())
        yield from self._section("offers", (f"· {offer.text.of(self.lang)}" for offer in self.plan.offers))
        yield from self._section("questions", self._questions())
        yield from self._section("later", (f"· {one.text.of(self.lang)}" for one in self.plan.later))
        yield from self._section("assumptions", self._assumptions())

    def _say(self, zh: str, en: str) -> str:
        return Text(zh, en).of(self.lang)

    def _section(self, head: str, lines: Iterator[str]) -> Iterator[str]:
        found = list(lines)
        if found:
            yield ""
            yield _HEADS[head].of(self.lang)
            yield from (f"  {line}" for line in found)

    def _summary(self) -> Iterator[str]:
        plan = self.plan
        way = self._say("窗口办", "at the counter") if plan.walk_in else self._say("网上办", "online")
        yield f"{self.event.name.of(self.lang)} · {way}"
        visits, days = _range(plan.count.worst), _range(plan.days)
        yield self._say(f"跑 {visits} 次 · {days} 个工作日", f"visits: {visits} · working days: {days}")
        yield plan.count.explanation.of(self.lang)
        if plan.dates:
            end = plan.dates.promised_end.isoformat()
            mark = self._say("（节假日未公布，暂定）", " (provisional)") if plan.dates.provisional else ""
            begin = plan.dates.start.isoformat()
            yield self._say(f"{begin} 开始，承诺 {end} 前办好{mark}", f"from {begin}, promised by {end}{mark}")
        yield self._say(f"目录快照 {plan.snapshot[:12]}", f"catalogue snapshot {plan.snapshot[:12]}")

    def _procedures(self, needed: list[PlannedProcedure]) -> Iterator[str]:
        """One line a procedure: name, agency, and when it runs; = critical path, - the others."""
        last = max((p.ends for p in needed), default=0)
        scale = max(1, -(-last // _WIDEST))
        names = max((width(p.name.of(self.lang)) for p in needed), default=0)
        bodies = max((width(self.agencies.get(p.agency, p.agency)) for p in needed), default=0)
        for p in sorted(needed, key=lambda p: (p.begins, p.ends)):
            stroke = "=" if p.critical else "-"
            bar = " " * (p.begins // scale) + (stroke * max(1, -(-(p.ends - p.begins) // scale)) if p.ends else "•")
            when = self._say(f"第{p.ends}个工作日", f"working day {p.ends}") if p.ends else self._say("当场", "at once")
            agency = pad(self.agencies.get(p.agency, p.agency), bodies)
            yield f"{pad(p.name.of(self.lang), names)}  {agency}  |{pad(bar, -(-last // scale) + 1)}| {when}"
            yield from (f"    {line}" for line in self._waits(p))

    def _waits(self, p: PlannedProcedure) -> Iterator[str]:
        for key in p.ordered_after:
            yield self._say(f"依法等“{self.services[key]}”", f"by law after {self.services[key]}")
        for key in p.waits_for:
            yield self._say(f"决定前要有“{self.services[key]}”的结果", f"decided once {self.services[key]} is there")
        if p.on_promise:
            yield self._say("凭承诺先办，事后核查", "granted on a promise, checked afterwards")

    def _open(self) -> Iterator[str]:
        for p in self.plan.procedures:
            if p.status is Truth.OPEN:
                asked = ", ".join(self.facts[key].label.of(self.lang) for key in p.decided_by if key in self.facts)
                yield self._say(f"· {p.name.zh}：要看{asked}", f"· {p.name.of('en')}: depends on {asked}")

    def _unavailable(self) -> Iterator[str]:
        for key, why in self.plan.unavailable:
            yield f"· {self.resources.get(key.partition('--')[0], key)}: {_BECAUSE[why.value].of(self.lang)}"

    def _evidence(self) -> Iterator[str]:
        def words(item: PlannedEvidence) -> str:
            how = (_GIVEN.get(item.kind) or _OWN[item.kind]).of(self.lang)
            why = f" ({item.reason.of(self.lang)})" if item.reason else ""
            return f"{item.name.of(self.lang)}: {how}{why}"

        given = [item for item in self.plan.evidence if item.kind in _GIVEN]
        own = [item for item in self.plan.evidence if item.kind not in _GIVEN]
        yield from dict.fromkeys(f"√ {words(item)}" for item in given)
        yield from dict.fromkeys(f"· {words(item)}" for item in own)

    def _visits(self) -> Iterator[str]:
        steps = {(step.service, step.step): step.name.of(self.lang) for step in self.plan.steps}
        for number, visit in enumerate(self.plan.visits, start=1):
            done = "; ".join(dict.fromkeys(f"{self.services[s]} {steps.get((s, k), k)}" for s, k in visit.steps))
            yield f"{number}. {self.places.get(visit.place, visit.place)}: {done}"

    def _fees(self) -> Iterator[str]:
        due = [fee for fee in self.plan.fees if fee.high]
        if not due:
            yield self._say("不收费", "none")
        for fee in due:
            yield f"· {fee.label.of(self.lang)}: {_money(fee.low, fee.high)} → {fee.payee.of(self.lang)}"

    def _questions(self) -> Iterator[str]:
        for question in self.plan.questions:
            mark = "?" if question.deciding else "·"
            yield f"{mark} {self.facts[question.fact].question.of(self.lang)} [{question.fact}]"

    def _assumptions(self) -> Iterator[str]:
        yield from dict.fromkeys(f"· {item.text.of(self.lang)}" for item in self.plan.assumptions)


def _range(value: Range) -> str:
    return str(value.low) if value.exact else f"{value.low}–{value.high}"


def _money(low: Decimal, high: Decimal) -> str:
    return f"¥{low}" if low == high else f"¥{low}–{high}"
