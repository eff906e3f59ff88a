"""Rules 8 and 10 of the 事项体检: for whom a service is, and which steps a licence has."""

from collections.abc import Iterator

from onevisit.catalogue.examining.conditions import decided
from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.catalogue.examining.services import predecessors
from onevisit.catalogue.examining.situations import Situations, negated
from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import Actor, Audience, LifeEvent, Regime, Service
from onevisit.core.text import Text


def audiences(event: LifeEvent) -> Iterator[Remark]:
    """8: whom a service is for agrees with who can apply in this event."""
    situations = Situations(event)
    for n, service in enumerate(event.services):
        path = ("services", n, "audience")
        if Audience.COMPANY in service.audience and event.body is None and event.founding is None:
            yield _audience(
                path,
                service,
                Severity.WARNING,
                Text("写了企业可以办，可是这件事里没有企业", "it is for companies too, but none takes part here"),
                Text("去掉 company，或者在 event.yaml 写上 body", "take out `company`, or give the event a `body`"),
            )
        elif event.body is not None:
            yield from decided(path, service.agency, _against_body(path, service, situations))


def _against_body(path: Path_, service: Service, situations: Situations) -> Iterator[Remark]:
    event, applies = situations.event, situations.bound(service.applies_when)
    assert event.body is not None  # asked only then
    business = situations.bound(event.body.when)
    if Audience.COMPANY not in service.audience and situations.anybody(applies, business) is not None:
        yield _audience(
            path,
            service,
            Severity.ERROR,
            Text("企业要办它的时候，它只给个人办", "it is for individuals only, where a business needs it"),
            Text("加上 company，或者改 applies_when", "add `company`, or mend `applies_when`"),
        )
    natural = Audience.INDIVIDUAL not in service.audience and event.founding is None
    if natural and situations.anybody(applies, negated(business)) is not None:
        yield _audience(
            path,
            service,
            Severity.ERROR,
            Text("个人要办它的时候，它只给企业办", "it is for companies only, where an individual needs it"),
            Text("加上 individual，或者改 applies_when", "add `individual`, or mend `applies_when`"),
        )


def _audience(path: Path_, service: Service, severity: Severity, what: Text, suggestion: Text) -> Remark:
    problem = Text(f"「{service.name.zh}」{what.zh}", f"“{service.name.of('en')}”: {what.en}")
    return Remark("audience", severity, path, problem, suggestion, service.agency)


def licence_steps(event: LifeEvent) -> Iterator[Remark]:
    """10: a licence is applied for, examined and decided, and handed out (行政许可法 29, 34, 37, 44)."""
    for n, service in enumerate(event.services):
        if service.regime is Regime.LICENCE and service.steps:
            for what, law in _missing(service):
                yield Remark(
                    "licence-steps",
                    Severity.ERROR,
                    ("services", n, "steps"),
                    Text(f"许可的环节不全，缺{what.zh}", f"a licence needs a step for {what.en}"),
                    Text(f"补上这个环节（行政许可法 {law}）", f"add the step (Administrative Licensing Law {law})"),
                    service.agency,
                )


def _missing(service: Service) -> Iterator[tuple[Text, str]]:
    """The parts of a licence's way that no step stands for, with the article of each."""
    before = predecessors(service)
    agency = {step.key for step in service.steps if step.actor is Actor.AGENCY}
    people = {step.key for step in service.steps if step.actor is Actor.APPLICANT}
    if not (any(before[key] & people for key in agency) if agency else people):
        yield Text("申请、受理", "applying"), "29"
    if not agency:
        yield Text("审查、决定", "examining and deciding"), "34"
    if not any(before[key] & agency for key in people):
        yield Text("送达", "handing out the result"), "44"
