"""The rules of a 事项体检 that the catalogue can express; docs/decisions/examination.md says which rule is which."""

from collections.abc import Iterator

from onevisit.catalogue.examining.conditions import decided
from onevisit.catalogue.examining.places import doers, within
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.catalogue.examining.situations import Situations, either, negated
from onevisit.catalogue.suggest import Path_
from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import Actor, LifeEvent, Regime, Service, Step
from onevisit.core.conditions import ALWAYS
from onevisit.core.planning.services import in_order, working_days
from onevisit.core.text import Text, counted

_TOO_SHORT = Text(
    "改环节的 most，或者改承诺：即办的，每个环节都要当场",
    "mend the steps' `most` or the promise; on the spot means that every step is",
)
_TOO_LONG = Text(
    "把承诺缩到环节用的时间，或者写出别的环节",
    "promise what the steps take, or name the step that takes the rest",
)


def promise_and_steps(event: LifeEvent) -> Iterator[Remark]:
    """1: what is promised is what the steps take; on the spot only where every step of the agency is."""
    for n, service in enumerate(event.services):
        promised, taken = working_days(service.promise), _longest(service)
        if taken == promised or (taken == 0 and _is_silent(service)):
            continue
        longer = taken > promised
        yield Remark(
            "promise-and-steps",
            Severity.ERROR if longer else Severity.WARNING,
            ("services", n, "promise"),
            Text(
                f"承诺 {promised} 个工作日，机关的环节合起来最多 {taken} 个",
                f"{counted(promised, 'working day')} are promised, the agency's steps take at most {taken}",
            ),
            _TOO_SHORT if longer else _TOO_LONG,
            service.agency,
        )


def _is_silent(service: Service) -> bool:
    """Whether no step says how long it takes: then the agency's last one takes the whole promise."""
    agency = [step for step in service.steps if step.actor is Actor.AGENCY]
    return bool(agency) and not any(step.most for step in agency)


def _longest(service: Service) -> int:
    """The most working days that the agency's steps take one after the other."""
    ends: dict[str, int] = {}
    for step in in_order(service.steps):
        own = step.most if step.actor is Actor.AGENCY else 0
        ends[step.key] = own + max((ends.get(key, 0) for key in step.after), default=0)
    return max(ends.values(), default=0)


def results(event: LifeEvent) -> Iterator[Remark]:
    """2 and 11: a licence has a result, the deciding agency issues it, and what stands on it is named."""
    kinds = {one.key: (n, one) for n, one in enumerate(event.licence_types)}
    for n, service in enumerate(event.services):
        if service.regime is Regime.LICENCE and not service.outputs:
            yield Remark(
                "licence-without-result",
                Severity.ERROR,
                ("services", n, "outputs"),
                Text(
                    f"「{service.name.zh}」是许可，没有写发什么证照",
                    f"“{service.name.of('en')}” is a licence and issues nothing",
                ),
                Text(
                    "在 outputs 里写上证照（行政许可法 38、39）",
                    "name it in `outputs` (Administrative Licensing Law 38, 39)",
                ),
                service.agency,
            )
        for k, output in enumerate(service.outputs):
            _, licence = kinds[output.licence_type]
            if licence.issuer != service.agency:
                yield Remark(
                    "issuer-differs",
                    Severity.WARNING,
                    ("services", n, "outputs", k),
                    Text(
                        f"「{licence.name.zh}」写的发证机关是 {licence.issuer}，决定的却是 {service.agency}",
                        f"“{licence.name.of('en')}” is issued by {licence.issuer}, but {service.agency} decides",
                    ),
                    Text("改 issuer 或者 agency", "mend `issuer` or `agency`"),
                    service.agency,
                )
    issued = {output.licence_type for service in event.services for output in service.outputs}
    for n, licence in kinds.values():
        if licence.key in issued and not licence.fields:
            yield Remark(
                "result-without-fields",
                Severity.WARNING,
                ("licence_types", n),
                Text(f"「{licence.name.zh}」上印什么没有写", f"what stands on “{licence.name.of('en')}” is not said"),
                Text("在 fields 里写上要素", "name the facts in `fields`"),
                licence.issuer,
            )


def presence(event: LifeEvent) -> Iterator[Remark]:
    """3 and 4: who has to come is told by which article; and there is always a way."""
    situations = Situations(event)
    natural = tuple(role.key for role in event.roles if role.natural)
    for n, service in enumerate(event.services):
        for m, step in enumerate(service.steps):
            if step.actor is Actor.APPLICANT and step.modes:
                path = ("services", n, "steps", m)
                claims = _presence(path, service, step, doers(step, natural), situations)
                yield from decided(path, service.agency, claims)


def _presence(
    path: Path_, service: Service, step: Step, roles: tuple[str, ...], situations: Situations
) -> Iterator[Remark]:
    for role in roles:
        around = within(situations, role, (service.applies_when, step.when))
        open_ = [situations.bound(mode.when or ALWAYS, role) for mode in step.modes]
        remote = either(one for one, mode in zip(open_, step.modes, strict=True) if not mode.kind.in_person)
        if situations.anybody(negated(either(open_)), *around) is not None:
            yield _no_mode(path, service, step)
            return
        for k, mode in enumerate(step.modes):
            forced = (open_[k], negated(remote), *around)
            if mode.kind.in_person and mode.basis.mark is not Mark.READ and situations.anybody(*forced) is not None:
                yield _visit((*path, "modes", k), service, step, mode.basis)
                return


def _no_mode(path: Path_, service: Service, step: Step) -> Remark:
    return Remark(
        "no-mode",
        Severity.ERROR,
        (*path, "modes"),
        Text(
            f"环节「{step.name.zh}」在有的情形下一种办理方式也没有",
            f"there are situations in which the step “{step.name.of('en')}” can be done in no way",
        ),
        Text("补上一种：不用到场又不能网办的，写 courier", "add one: nobody has to come and it is not online: courier"),
        service.agency,
    )


def _visit(path: Path_, service: Service, step: Step, basis: Basis) -> Remark:
    assumed = basis.mark is Mark.ASSUMED
    return Remark(
        "visit-without-article",
        Severity.ERROR if assumed else Severity.WARNING,
        path,
        Text(
            f"环节「{step.name.zh}」非到场不可，却没有写读过的条文",
            f"the step “{step.name.of('en')}” demands presence by no article that was read",
        ),
        Text(
            "写上必须到场的条文，或者加网上、快递的方式（浙江规定 6：无依据不得限定方式）",
            "name the article that demands it, or offer it online or by courier (Zhejiang rule 6)",
        ),
        service.agency,
    )
