"""A service's time, powers, steps and results."""

from collections.abc import Iterator

from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.core.catalogue import Actor, LifeEvent, Regime, Service, Step
from onevisit.core.planning.services import in_order, working_days
from onevisit.core.text import Text

_LICENCE_NEEDS_LAW = Text(
    "写上读过的条文；许可只能由法律、法规、国务院决定、省级政府规章设定（行政许可法 14、15、17）",
    "name an article that was read; only laws, regulations, State Council decisions and provincial rules"
    " create a licence (Administrative Licensing Law 14, 15, 17)",
)
_POWER_NEEDS_LAW = Text(
    "写上读过的条文，或者查明后删掉这个事项",
    "name an article that was read, or find out and take the service out",
)


def promise_over_limit(event: LifeEvent) -> Iterator[Remark]:
    """Promises longer than the law's limit (浙江规定 12)."""
    for n, service in enumerate(event.services):
        limit = service.statutory
        if limit is not None and working_days(service.promise) > working_days(limit):
            promise, legal = service.promise.words, limit.words
            yield Remark(
                "promise-over-limit",
                Severity.ERROR,
                ("services", n, "promise"),
                Text(
                    f"承诺 {promise.zh}，比法定的 {legal.zh}还长",
                    f"the promise of {promise.en} is longer than the legal limit of {legal.en}",
                ),
                Text("改成不超过法定期限（浙江规定 12）", "promise no more than the law's limit (Zhejiang rule 12)"),
                service.agency,
            )


def power_without_article(event: LifeEvent) -> Iterator[Remark]:
    """Services for which no article says that the agency may do it; a licence has to have one (行政许可法 14–17)."""
    for n, service in enumerate(event.services):
        if not any(basis.law and basis.article for basis in service.legal_basis):
            licence = service.regime is Regime.LICENCE
            yield Remark(
                "power-without-article",
                Severity.ERROR if licence else Severity.WARNING,
                ("services", n, "legal_basis"),
                Text(
                    f"「{service.name.zh}」没有写依据哪部法的哪一条",
                    f"“{service.name.of('en')}” names no law and article on which it rests",
                ),
                _LICENCE_NEEDS_LAW if licence else _POWER_NEEDS_LAW,
                service.agency,
            )


def idle_steps(event: LifeEvent) -> Iterator[Remark]:
    """Steps that neither lead to the decision nor follow it."""
    for n, service in enumerate(event.services):
        for m, step in _idle(service):
            yield Remark(
                "idle-step",
                Severity.WARNING,
                ("services", n, "steps", m),
                Text(
                    f"环节「{step.name.zh}」没有别的环节等它，决定也不等它",
                    f"nothing waits for the step “{step.name.of('en')}”, not even the decision",
                ),
                Text(
                    "让等它的环节在 after 里写上它，或者删掉这个环节（优化营商环境条例 35：没有依据不得增设环节）",
                    "name it in the `after` of what waits for it, or take it out (Business Environment Regulation 35)",
                ),
                service.agency,
            )


def _idle(service: Service) -> Iterator[tuple[int, Step]]:
    """Steps that are tied to no decision.

    Decisions are the agency's last steps. Of several, those count that are always taken and that something follows,
    else the last one that is always taken; if each is only taken by its condition, they stand for one another.
    """
    before = predecessors(service)
    agency = [step for step in in_order(service.steps) if step.actor is Actor.AGENCY]
    last = [step for step in agency if not any(step.key in before[other.key] for other in agency)]
    always = [step for step in last if step.when is None]
    followed = [step for step in always if any(step.key in earlier for earlier in before.values())]
    deciding = {step.key for step in followed or always[-1:] or last}
    for m, step in enumerate(service.steps):
        tied = step.key in deciding or before[step.key] & deciding or any(step.key in before[key] for key in deciding)
        if deciding and not tied:
            yield m, step


def predecessors(service: Service) -> dict[str, set[str]]:
    """Of each step all the steps that come before it."""
    found: dict[str, set[str]] = {}
    for step in in_order(service.steps):
        found[step.key] = {*step.after, *(key for one in step.after for key in found.get(one, set()))}
    return found


def licences_not_taken(event: LifeEvent) -> Iterator[Remark]:
    """Licences that no service of the event accepts, and such as none issues either."""
    issued = {output.licence_type for service in event.services for output in service.outputs}
    needs = [need for service in event.services for need in service.evidence]
    taken = {accept.ref for need in needs for accept in need.accepts if accept.kind.is_licence}
    for n, licence in enumerate(event.licence_types):
        name = licence.name
        if licence.key in issued and licence.key not in taken:
            yield Remark(
                "licence-not-taken",
                Severity.NOTE,
                ("licence_types", n),
                Text(
                    f"「{name.zh}」只是结果：这件事里没有事项拿它作材料",
                    f"“{name.of('en')}” is a result only: no service here accepts it as evidence",
                ),
                Text(
                    "要它的事项，在 accepts 里写上它；没有人要的，想想还发不发",
                    "let the services that need it accept it; if nobody does, ask why it is issued",
                ),
                licence.issuer,
            )
        elif licence.key not in issued and licence.key not in taken:
            yield Remark(
                "licence-not-used",
                Severity.WARNING,
                ("licence_types", n),
                Text(
                    f"「{name.zh}」没有事项发，也没有事项收",
                    f"no service issues “{name.of('en')}”, and none accepts it",
                ),
                Text("写进发它的事项（outputs），或者删掉", "put it into a service's `outputs`, or take it out"),
                licence.issuer,
            )
