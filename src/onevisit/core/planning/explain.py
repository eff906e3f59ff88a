"""A plan's reasons in plain words, Chinese and English."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import AcceptKind, Resource, Service
from onevisit.core.planning.core import Core
from onevisit.core.planning.graph import Graph
from onevisit.core.planning.model import Assumption, Later, Range, Unavailable
from onevisit.core.planning.services import ServiceState
from onevisit.core.text import Text, counted

UNSURE = (Mark.ASSUMED, Mark.MEMORY)
_FORESEEN_BY_NOBODY = (
    "有的事办理中才知道，先办的要先定下来，不能都合到一次",
    "something turns out only on the way, so that what is done before it cannot all be put together",
)


def count_in_words(core: Core, worst: Range) -> Text:
    """Why so many visits: what needs presence, and what cannot share a visit."""
    reason = _reason(core)
    if worst.exact:
        return reason
    return Text(
        f"{worst.low} 到 {worst.high} 次，看还没回答的问题。按现在知道的：{reason.zh}",
        f"{worst.low} to {worst.high} visits, depending on open questions. As far as known: {reason.of('en')}",
    )


def _reason(core: Core) -> Text:
    visits = core.visits
    if visits.worst == 0:
        return Text(
            "一次都不用跑：要您做的都可以在网上、用快递或由政府上门办。",
            "No visit: all you do can be done online, by courier or at your door.",
        )
    names = _names(core)
    if visits.worst == 1:
        steps = [names[key] for moment in visits.moments for key in moment.steps]
        zh = "、".join(f"「{step.zh}」" for step in steps)
        en = ", ".join(step.of("en") for step in steps)
        return Text(f"1 次：{zh}要到场，一次办完。", f"1 visit: {en} need presence, all in one go.")
    parts = [_link(one, before.name) for before, one in pairwise(chain_of(core))]
    if len(visits.chain) < visits.worst:
        parts.append(_FORESEEN_BY_NOBODY)
    return Text(
        f"{visits.worst} 次：{'；'.join(zh for zh, _ in parts)}。",
        f"{visits.worst} visits: {'; '.join(en for _, en in parts)}.",
    )


@dataclass(frozen=True, slots=True)
class Forced:
    """A step of the chain that forces the visits, and why it cannot share a visit with the one before it."""

    name: Text
    why: str  # split, place, window or order; "" of the first
    wait: int  # working days at most between them, of a split


def chain_of(core: Core) -> list[Forced]:
    """The steps that force the visits, in order."""
    names = _names(core)
    waits = {(o.earlier, o.later): o.wait or 0 for o in core.choice.problem.order}
    first = [Forced(names[key], "", 0) for key in core.visits.chain[:1]]
    later = (Forced(names[k.later], k.why, waits.get((k.earlier, k.later), 0)) for k in core.visits.links)
    return [*first, *later]


def _names(core: Core) -> dict[str, Text]:
    """What each act is called."""
    found: dict[str, Text] = {}
    for n, act in enumerate(core.net.acts):
        service, step = core.states[core.net.service_of[n]].service.name, act.step.name
        found[act.key] = Text(f"{service.zh} · {step.zh}", f"{service.of('en')} · {step.of('en')}")
    return found


def _link(one: Forced, before: Text) -> tuple[str, str]:
    """Why a step cannot share a visit with the one before it, Chinese and English."""
    a, b, en_a, en_b = before.zh, one.name.zh, before.of("en"), one.name.of("en")
    if one.why == "split":
        days = f"，中间要等最多 {one.wait} 个工作日" if one.wait else "，中间要等"
        later = f", up to {counted(one.wait, 'working day')} later" if one.wait else ", after a wait"
        return f"「{b}」必须在「{a}」之后{days}", f"{en_b} must come after {en_a}{later}"
    if one.why == "place":
        return f"「{a}」和「{b}」不在同一个地方办", f"{en_a} and {en_b} are done at different places"
    if one.why == "window":
        return f"「{a}」和「{b}」的日期碰不到一起", f"{en_a} and {en_b} have no day in common"
    return f"「{a}」和「{b}」与其他环节的先后合不到一次", f"{en_a} and {en_b} cannot be put together with the others"


_WHY_NOT = {
    Unavailable.DOWN: (
        "「{name}」现在连不上，先请您自己提供",
        "{name} does not answer now: please provide it yourself",
    ),
    Unavailable.DISPUTED: (
        "您说「{name}」的信息与实际不符，以您提供的为准（浙江规定第七条）",
        "You say that {name} is wrong: what you provide counts (Zhejiang Provisions, article 7)",
    ),
    Unavailable.ABSENT: ("「{name}」里没有您的记录，请您自己提供", "{name} has no record of yours: please provide it"),
}


def fallback_in_words(resource: Resource, why: Unavailable) -> Text:
    """Why a register's data is not used."""
    zh, en = _WHY_NOT[why]
    return Text(zh.format(name=resource.name.zh), en.format(name=resource.name.of("en")))


def commitment_in_words(evidence: Text, service: Text) -> Text:
    """What an evidence commitment offers."""
    return Text(
        f"可以签一份承诺书代替「{evidence.zh}」（{service.zh}）。承诺不实要承担责任。",
        f"You may sign a commitment in place of {evidence.of('en')} ({service.of('en')}); you answer for it.",
    )


def later_of(graph: Graph) -> Iterator[Later]:
    """The facts that turn out on the way, each with the step, in words."""
    services = {table.service.key: table.service for table in graph.tables}
    for key in graph.learning.keys:
        label, learnt = graph.specs[key].label, graph.specs[key].learnt
        if learnt is not None:
            service = services[learnt.service]
            step = next(step.name for step in service.steps if step.key == learnt.step)
            zh = f"“{label.zh}”要到「{service.name.zh} · {step.zh}」才知道；先定下的，对各种结果都合用"
            en = (
                f"“{label.of('en')}” turns out during {service.name.of('en')} · {step.of('en')}; "
                "what is settled before serves every outcome"
            )
            yield Later(key, learnt.service, learnt.step, Text(zh, en))


def assumptions_of(graph: Graph, core: Core) -> tuple[Assumption, ...]:
    """Everything assumed or recalled from memory that the plan rests on, and promises kept on the spot."""
    found: dict[Assumption, None] = {}
    for key, parameter in graph.parameters:
        if parameter.basis.mark in UNSURE:
            label = parameter.label
            text = Text(f"{label.zh}：{parameter.value}", f"{label.of('en')}: {parameter.value}")
            found[Assumption(_with_note(text, parameter.basis), key, parameter.basis)] = None
    come = {core.net.service_of[n] for n, mode in core.choice.modes.items() if mode.kind.in_person}
    for number, unsure in enumerate(_unsure(graph, core)):
        state = core.states[number]
        service = state.service
        for what, basis in unsure:
            found[Assumption(_with_note(_of_service(service, what), basis), service.key, basis)] = None
        agency = [act for act in state.acts if act.agency]
        if number in come and agency and not any(act.days for act in agency):
            text = Text(f"{service.name.zh}：当场办结", f"{service.name.of('en')}: done while you wait")
            found[Assumption(text, service.key, service.promise.basis)] = None
    return tuple(found)


def assumptions_of_fees(
    fees: Iterable[tuple[Service, Text, Basis | None, Basis | None]],
) -> tuple[Assumption, ...]:
    """Of these fees (whose, label, source, source of its refund), those of which something is assumed or recalled."""
    return tuple(
        Assumption(_with_note(_of_service(service, said), source), service.key, source)
        for service, label, basis, returned in fees
        for said, source in ((label, basis), (Text(f"退{label.zh}", f"{label.of('en')}, refund"), returned))
        if source and source.mark in UNSURE
    )


def _of_service(service: Service, what: Text) -> Text:
    return Text(f"{service.name.zh}：{what.zh}", f"{service.name.of('en')}: {what.of('en')}")


def _with_note(text: Text, basis: Basis) -> Text:
    note = basis.note
    return text if note is None else Text(f"{text.zh}（{note.zh}）", f"{text.en} ({note.of('en')})")


def _unsure(graph: Graph, core: Core) -> list[list[tuple[Text, Basis]]]:
    """Of each service: (what it says, source) of every figure and rule that the plan uses and that is not certain."""
    found = [list(_rules(graph, state)) for state in core.states]
    for n, mode in core.choice.modes.items():
        if mode.basis.mark in UNSURE:
            words = _mode_in_words(core.net.acts[n].step.name, mode.kind.value)
            found[core.net.service_of[n]].append((words, mode.basis))
    for item, source in zip(core.choice.items, core.choice.sources, strict=True):
        requirement = core.states[item.service].service.evidence[item.need.requirement]
        name = graph.evidence_types[requirement.evidence].name
        if requirement.basis.mark in UNSURE:
            found[item.service].append((Text(f"要「{name.zh}」", f"{name.of('en')} is needed"), requirement.basis))
        of_source = requirement.accepts[source.accept].basis if source.accept >= 0 else None
        if of_source and of_source.mark in UNSURE:
            found[item.service].append((Text(f"「{name.zh}」的来源", f"source of {name.of('en')}"), of_source))
    return found


def _rules(graph: Graph, state: ServiceState) -> Iterator[tuple[Text, Basis]]:
    """Those of the service itself."""
    service, founding = state.service, graph.event.founding
    rules = [(Text("由谁来办", "who applies"), founding.basis)] if founding and founding.service == service.key else []
    rules += [(Text("事项依据", "legal basis"), basis) for basis in service.legal_basis]
    if not state.on_promise:
        rules.append((_said("承诺期限", "promised time", service.promise.words), service.promise.basis))
    if service.statutory:
        rules.append((_said("法定期限", "statutory limit", service.statutory.words), service.statutory.basis))
    rules += [(Text("先后顺序", "order"), service.sequences[k].basis) for k in state.ordered_after]
    return (rule for rule in rules if rule[1].mark in UNSURE)


def _said(zh: str, en: str, words: Text) -> Text:
    return Text(f"{zh} {words.zh}", f"{en} {words.of('en')}")


_MODE_WORDS = {
    "online": ("可以在网上办", "can be done online"),
    "counter": ("到窗口办", "at the counter"),
    "terminal": ("在自助机上办", "at a terminal"),
    "courier": ("可以用快递", "by courier"),
    "government_comes": ("政府上门", "government comes"),
    "third_party": ("到第三方机构办", "at a third party"),
}


def _mode_in_words(step: Text, kind: str) -> Text:
    zh, en = _MODE_WORDS[kind]
    return Text(f"「{step.zh}」{zh}", f"{step.of('en')} {en}")


def alternatives(taken: AcceptKind, others: Sequence[AcceptKind]) -> tuple[AcceptKind, ...]:
    """Other kinds of source, best first, each once."""
    rank = list(AcceptKind)
    return tuple(sorted({kind for kind in others if kind is not taken}, key=rank.index))
