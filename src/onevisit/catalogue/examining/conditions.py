"""What conditions say of people: always or never true, against each other, values that no fact can have."""

from collections.abc import Iterator
from decimal import Decimal

from onevisit.catalogue.examining.places import Place, places
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.catalogue.examining.situations import MOST, Situations, Undecided, negated
from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import LifeEvent
from onevisit.core.conditions import Condition, parameters_of
from onevisit.core.facts import FactSpec, FactType, spec_of, without_number
from onevisit.core.syntax import Compare, Const, FactRef, Member, walk
from onevisit.core.text import Text


def examine_conditions(event: LifeEvent) -> Iterator[Remark]:
    """Conditions that hold for nobody or for everybody, alone or where they stand."""
    situations = Situations(event)
    for place in places(event, situations):
        outside = list(_outside(place, situations))
        yield from outside
        if not outside:
            yield from decided(place.path, place.agency, _truth(place, situations))


def decided(path: Path_, agency: str, claims: Iterator[Remark]) -> Iterator[Remark]:
    """The claims, made as they are read, or a note that they are undecided."""
    try:
        yield from list(claims)
    except Undecided:
        yield Remark(
            "undecided",
            Severity.NOTE,
            path,
            Text(
                f"情形超过 {MOST} 种，或者几个要素互相比较，没有判断这个条件",
                f"more than {MOST} situations, or several facts compared with each other: nothing is said of it",
            ),
            Text("把条件拆短，或者少用几个要素", "use fewer facts, or split the condition"),
            agency,
        )


def _truth(place: Place, situations: Situations) -> Iterator[Remark]:
    """What is wrong with when a condition holds; one remark at most."""
    source, variants = place.condition.source, place.variants
    severity = Severity.WARNING if parameters_of(place.condition) else Severity.ERROR  # a region's number may do that
    there = [one for one in variants if situations.anybody(*one.within) is not None]
    if all(situations.anybody(one.own) is None for one in variants):
        yield Remark(
            "never-true",
            severity,
            place.path,
            Text(f"「{source}」对谁都不成立", f"`{source}` holds for nobody"),
            Text("改条件；确实不需要的，删掉它管的这一项", "mend it, or take out what stands under it"),
            place.agency,
        )
    elif all(situations.anybody(negated(one.own)) is None for one in variants):
        yield Remark(
            "always-true",
            Severity.WARNING,
            place.path,
            Text(f"「{source}」对谁都成立", f"`{source}` holds for everybody"),
            Text("改条件；确实人人适用的，删掉这个条件", "mend it, or take the condition out"),
            place.agency,
        )
    elif there and all(situations.anybody(one.own, *one.within) is None for one in there):
        yield Remark(
            "contradiction",
            severity,
            place.path,
            Text(f"「{source}」和外层的条件矛盾，不会同时成立", f"`{source}` contradicts the conditions around it"),
            Text("改其中一个；不需要的，删掉", "mend one of them, or take this out"),
            place.agency,
        )
    elif there and all(situations.anybody(negated(one.own), *one.within) is None for one in there):
        yield Remark(
            "needless-condition",
            Severity.NOTE,
            place.path,
            Text(f"外层的条件成立时「{source}」总成立", f"`{source}` always holds where the conditions around it do"),
            Text("可以删掉这个条件", "it can be left out"),
            place.agency,
        )


def _outside(place: Place, situations: Situations) -> Iterator[Remark]:
    """Numbers that the fact can never have."""
    severity = Severity.WARNING if parameters_of(place.condition) else Severity.ERROR
    told = set()
    for variant in place.variants:
        for key, number in _compared(variant.own):
            spec = spec_of(key, situations.specs)
            bounds = _bounds(key, spec, situations)
            if (without_number(key), number) in told or not _is_outside(number, bounds):
                continue
            told.add((without_number(key), number))
            low, high = bounds
            yield Remark(
                "value-outside",
                severity,
                place.path,
                Text(
                    f"「{place.condition.source}」：{without_number(key)} 不会是 {number}",
                    f"`{place.condition.source}`: {without_number(key)} is never {number}",
                ),
                Text(
                    f"它在 {_shown(low)} 和 {_shown(high)} 之间；改条件，或者改它的 minimum、maximum",
                    f"it lies between {_shown(low)} and {_shown(high)}; mend the condition, or `minimum`, `maximum`",
                ),
                place.agency,
            )


def _compared(condition: Condition) -> Iterator[tuple[str, Decimal]]:
    """(fact, number) of every comparison with a number."""
    for node in walk(condition.root):
        pairs = []
        if isinstance(node, Compare):
            pairs = [(node.left, node.right), (node.right, node.left)]
        elif isinstance(node, Member):
            pairs = [(node.item, Const(option)) for option in node.options]
        for fact, value in pairs:
            if isinstance(fact, FactRef) and isinstance(value, Const) and not isinstance(value.value, bool | str):
                yield fact.key, Decimal(value.value)


Bounds = tuple[Decimal | None, Decimal | None]


def _bounds(key: str, spec: FactSpec | None, situations: Situations) -> Bounds:
    role = situations.roles.get(key.removesuffix(".count")) if key.endswith(".count") else None
    if role is not None:
        return Decimal(role.least), Decimal(role.most)
    if spec is None or spec.type not in (FactType.INTEGER, FactType.DECIMAL):
        return None, None
    return spec.minimum, spec.maximum


def _is_outside(number: Decimal, bounds: Bounds) -> bool:
    low, high = bounds
    return (low is not None and number < low) or (high is not None and number > high)


def _shown(bound: Decimal | None) -> str:
    return "…" if bound is None else f"{bound}"
