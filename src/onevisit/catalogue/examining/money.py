"""Rule 6 of the 事项体检: a fee has its article and a step in which it is paid."""

import re
from collections.abc import Iterator

from onevisit.catalogue.examining.remark import Remark, Severity
from onevisit.core.basis import Mark
from onevisit.core.catalogue import Fee, LifeEvent, Regime, Service
from onevisit.core.text import Text

_DOCUMENT = re.compile(r"〔\d{4}〕\s*\d+\s*号")  # as in 发改价格规〔2016〕2559号
_FREE = Text(
    "写上条文，或者不收：许可不收费，法律、行政法规另有规定的除外（行政许可法 58）",
    "name the article, or take none: licences are free but by law (Administrative Licensing Law 58)",
)
_NAMED = Text("写上条文或者收费文件的文号，或者不收", "name the article or the price document, or take no fee")


def money(event: LifeEvent) -> Iterator[Remark]:
    """Fees without an article; fees that no step pays; steps that pay where nothing is due."""
    for n, service in enumerate(event.services):
        due = [(k, fee) for k, fee in enumerate(service.fees) if fee.amount]
        paying = [m for m, step in enumerate(service.steps) if step.pays]
        yield from (_without_article(n, k, fee, service) for k, fee in due if not _is_founded(fee, service))
        name = service.name
        if due and not paying:
            yield Remark(
                "fee-without-paying",
                Severity.WARNING,
                ("services", n, "fees", due[0][0]),
                Text(f"「{name.zh}」要收费，却没有缴费的环节", f"“{name.of('en')}” costs money, and no step pays it"),
                Text("加一个环节，写 pays: true", "add a step with `pays: true`"),
                service.agency,
            )
        if paying and not due:
            yield Remark(
                "paying-without-fee",
                Severity.ERROR,
                ("services", n, "steps", paying[0]),
                Text(f"「{name.zh}」不收费，却有缴费的环节", f"“{name.of('en')}” is free, and has a step that pays"),
                Text("删掉这个环节，或者写上收费", "take the step out, or name the fee"),
                service.agency,
            )


def _is_founded(fee: Fee, service: Service) -> bool:
    """Whether its basis is an article, or, but for a licence, a price document that was not only recalled."""
    basis, said = fee.basis, fee.basis.note.zh if fee.basis.note else ""
    document = basis.mark not in (Mark.MEMORY, Mark.ASSUMED) and _DOCUMENT.search(said)
    return bool((basis.law and basis.article) or (document and service.regime is not Regime.LICENCE))


def _without_article(n: int, k: int, fee: Fee, service: Service) -> Remark:
    licence = service.regime is Regime.LICENCE
    return Remark(
        "fee-without-article",
        Severity.ERROR if licence else Severity.WARNING,
        ("services", n, "fees", k),
        Text(f"「{fee.label.zh}」没有写收费依据", f"“{fee.label.of('en')}” rests on no article or price document"),
        _FREE if licence else _NAMED,
        service.agency,
    )
