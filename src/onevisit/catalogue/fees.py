"""Check fees that are measured by a fact: a number with bounds, which the service's own form asks."""

from collections.abc import Iterator

from onevisit.catalogue.suggest import Path_
from onevisit.core.catalogue import Fee, LifeEvent, Service
from onevisit.core.facts import FactSpec, FactType
from onevisit.core.planning.pricing import facts_of_fee

Problem = tuple[Path_, str]


def check_fees(event: LifeEvent) -> Iterator[Problem]:
    """Fees that could never be priced, and facts that cannot measure one."""
    specs = {spec.key: spec for spec in event.facts}
    for n, service in enumerate(event.services):
        for k, fee in enumerate(service.fees):
            for problem in _fee(fee, service, specs):
                yield ("services", n, "fees", k), problem


def _fee(fee: Fee, service: Service, specs: dict[str, FactSpec]) -> Iterator[str]:
    if fee.percent_of and fee.times:
        yield "a fee has `percent_of` or `times`, not both"
    for key, kind in ((fee.percent_of, FactType.DECIMAL), (fee.times, FactType.INTEGER)):
        spec = specs.get(key)
        if spec and spec.type is not kind:
            yield f"`{key}` is no {kind.value}, so that it measures nothing"
        if spec and (spec.minimum is None or spec.maximum is None):
            yield f"`{key}` needs `minimum` and `maximum`, so that the fee has a range while it is unknown"
        if spec:
            missing = sorted(facts_of_fee(fee) - set(service.facts))
            yield from (f"the fee rests on `{one}`, which the service's form (`facts`) does not ask" for one in missing)
