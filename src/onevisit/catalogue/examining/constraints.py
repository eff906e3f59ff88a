"""What the constraints leave: somebody at all, and somebody for every answer that may be given."""

from collections.abc import Iterator

from onevisit.catalogue.examining.conditions import decided
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.catalogue.examining.situations import Situations, negated
from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import LifeEvent, Role
from onevisit.core.conditions import Condition, facts_of
from onevisit.core.facts import FactSpec, FactType, role_of, without_number
from onevisit.core.syntax import Compare, Const, FactRef
from onevisit.core.text import Text
from onevisit.core.wording import value_words


def examine_constraints(event: LifeEvent) -> Iterator[Remark]:
    """Constraints that leave nobody, and such as exclude nobody."""
    situations = Situations(event)
    before: list[Condition] = []
    for n, constraint in enumerate(event.constraints):
        own = situations.bound(constraint)
        yield from decided(("constraints", n), "", _excludes_nobody(n, own, event, situations))
        before.append(own)
        if situations.contradictory and situations.imaginable(*before) is None:
            yield Remark(
                "contradiction",
                Severity.ERROR,
                ("constraints", n),
                Text(
                    f"「{constraint.source}」和前面的约束合在一起，没有人符合",
                    f"`{constraint.source}` and the constraints before it leave nobody",
                ),
                Text("改其中一条", "mend one of them"),
            )
            return


def _excludes_nobody(n: int, own: Condition, event: LifeEvent, situations: Situations) -> Iterator[Remark]:
    if situations.imaginable(negated(own)) is None:
        yield Remark(
            "always-true",
            Severity.WARNING,
            ("constraints", n),
            Text(
                f"约束「{event.constraints[n].source}」对谁都成立，什么也没有排除",
                f"the constraint `{event.constraints[n].source}` holds for everybody: it excludes nobody",
            ),
            Text("改约束，或者删掉", "mend it, or take it out"),
        )


def examine_answers(event: LifeEvent) -> Iterator[Remark]:
    """Situations that a question offers and no applicant can be in."""
    situations = Situations(event)
    bound = {without_number(key) for one in situations.constraints for key in facts_of(one)}
    asked = {one.fact: situations.bound(one.when, _role(one.fact, situations)) for one in event.asked}
    for n, spec in enumerate(event.facts):
        if spec.key in bound or spec.key in asked:
            there = () if _counts(spec, situations) else situations.there_is(spec.role)
            around = (*there, *((asked[spec.key],) if spec.key in asked else ()))
            yield from decided(("facts", n), "", _never(n, spec, around, situations))


def _role(fact: str, situations: Situations) -> str:
    """The role whose fact it is; "" for one of the matter."""
    return role_of(fact) if role_of(fact) in situations.roles else ""


def _never(n: int, spec: FactSpec, around: tuple[Condition, ...], situations: Situations) -> Iterator[Remark]:
    """Answers to one question that nobody can give."""
    if situations.anybody(*around) is None:
        return  # nobody is asked at all, which is told at the condition that says so
    for path, value in _answers(n, spec, situations):
        if situations.anybody(Condition(Compare("=", FactRef(spec.key), Const(value))), *around) is None:
            words = value_words(spec, value)
            yield Remark(
                "unreachable-situation",
                Severity.WARNING,
                path,
                Text(
                    f"「{spec.label.zh}」答“{words.zh}”的情形，没有人会遇到",
                    f"nobody can ever be in the situation “{spec.label.of('en')}: {words.of('en')}”",
                ),
                Text(
                    "删掉这个选项，或者改约束（constraints、asked）",
                    "take it out, or mend `constraints`, `asked`",
                ),
            )


def _counts(spec: FactSpec, situations: Situations) -> Role | None:
    """The role whose parties the fact counts."""
    return situations.roles.get(spec.key.removesuffix(".count")) if spec.key.endswith(".count") else None


def _answers(n: int, spec: FactSpec, situations: Situations) -> Iterator[tuple[Path_, bool | int | str]]:
    """Every answer that the question offers, where there are finitely many."""
    counted = _counts(spec, situations)
    if spec.type is FactType.CHOICE:
        yield from ((("facts", n, "options", k), option.value) for k, option in enumerate(spec.options))
    elif spec.type is FactType.BOOL:
        yield from ((("facts", n), value) for value in (True, False))
    elif counted is not None:
        yield from ((("facts", n), number) for number in range(counted.least, counted.most + 1))
