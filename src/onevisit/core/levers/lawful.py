"""What no lever may do, because the law orders otherwise: each refusal names the article and what is left to do."""

from collections.abc import Iterator
from typing import ClassVar

from onevisit.core.basis import Basis, Mark
from onevisit.core.catalogue import EvidenceRequirement, LifeEvent, Mode, Service, Step
from onevisit.core.errors import Refusal
from onevisit.core.law.articles import ZHEJIANG
from onevisit.core.levers.model import Change, ChangeKind, Lever
from onevisit.core.levers.parts import is_pickup, of_applicant
from onevisit.core.text import Text

_BY_CHOICE = (ZHEJIANG, "6")  # lets anybody come to a counter, and demands it of nobody


class ExcludedByLaw(Refusal):
    """A lever that the law excludes."""

    code: ClassVar[str] = "lever-excluded"
    status: ClassVar[int] = 422
    sentence: ClassVar[str] = "“{lever}”不能做：《{law}》第 {article} 条不允许（{what}）。"


class PaperNotElectronic(ExcludedByLaw):
    """A civil paper that the law does not take electronically (电子签名法 3(3))."""

    code: ClassVar[str] = "paper-not-electronic"
    sentence: ClassVar[str] = (
        "“{lever}”不能做：“{what}”是不适用电子签名的民事文书（《{law}》第 {article} 条）。"
        "请保留纸质原件，另找办法少跑，比如原件拍照上传、快递。"
    )


class PresenceByLaw(ExcludedByLaw):
    """A step at which an article demands presence."""

    code: ClassVar[str] = "presence-by-law"
    sentence: ClassVar[str] = (
        "“{lever}”不能做：“{what}”依法要本人到场（《{law}》第 {article} 条）。请让它和别的环节在同一次、同一处办。"
    )


class NotOnPromise(ExcludedByLaw):
    """A service that touches what is not granted on a promise (浙江规定 14(1))."""

    code: ClassVar[str] = "not-on-promise"
    sentence: ClassVar[str] = (
        "“{lever}”不能做：“{what}”不适用告知承诺（《{law}》第 {article} 条）。请改为缩短时限、容缺受理或者联合核查。"
    )


class EvidenceByLaw(ExcludedByLaw):
    """An evidence that an article asks for."""

    code: ClassVar[str] = "evidence-by-law"
    sentence: ClassVar[str] = (
        "“{lever}”不能做：材料“{what}”有法律依据（《{law}》第 {article} 条），"
        "不能取消。请改为数据共享，或者认电子证照。"
    )


class SequenceByLaw(ExcludedByLaw):
    """An order of services that an article lays down."""

    code: ClassVar[str] = "sequence-by-law"
    sentence: ClassVar[str] = (
        "“{lever}”不能做：“{what}”依法要等前一事项办完（《{law}》第 {article} 条）。"
        "请改为一次提交，前一事项办完自动推送。"
    )


def check_lawful(event: LifeEvent, lever: Lever) -> None:
    """Raise `ExcludedByLaw` (one of its kinds) for the first thing that the lever may not do in this event."""
    for change in lever.changes:
        for refusal, basis, what in _excluded(event, change):
            raise refusal(lever=lever.name, what=what, law=Text(basis.law), article=basis.article)


def _excluded(event: LifeEvent, change: Change) -> Iterator[tuple[type[ExcludedByLaw], Basis, Text]]:
    """Each exclusion that the change meets: which, by what article, and what it is about."""
    names = {one.key: one.name for one in event.evidence_types}
    services = [one for one in event.services if one.key in (change.services or (one.key,))]
    if change.kind is ChangeKind.E_SIGNATURE:
        for kind in event.evidence_types:
            if kind.key in change.evidence and kind.paper_only:
                yield PaperNotElectronic, kind.paper_only, kind.name
    for service in services:
        if change.kind in (ChangeKind.E_SIGNATURE, ChangeKind.COURIER) and not change.evidence:
            yield from ((PresenceByLaw, mode.basis, step.name) for step, mode in _in_presence(service, change))
        if change.kind is ChangeKind.APPROVAL_ON_PROMISE and service.excluded_from_promise:
            yield NotOnPromise, service.excluded_from_promise, service.name
        if change.kind is ChangeKind.DROP_EVIDENCE:
            yield from (
                (EvidenceByLaw, one.basis, names[one.evidence]) for one in service.evidence if _kept(one, change)
            )
        if change.kind is ChangeKind.PARALLEL:
            orders = [one for one in service.sequences if change.after in ("", one.after)]
            yield from ((SequenceByLaw, one.basis, service.name) for one in orders if one.basis.mark is Mark.READ)


def _kept(need: EvidenceRequirement, change: Change) -> bool:
    meant = need.evidence in change.evidence and change.role in ("", need.role)
    return meant and need.basis.mark is Mark.READ


def _in_presence(service: Service, change: Change) -> Iterator[tuple[Step, Mode]]:
    """Steps that the change means and an article has done in presence, each with the mode that the article is about."""
    usual = is_pickup if change.kind is ChangeKind.COURIER else of_applicant
    for step in service.steps:
        meant = step.key in change.steps if change.steps else usual(step, service)
        if meant and step.modes and all(mode.kind.in_person for mode in step.modes):
            ordered = [
                m for m in step.modes if m.basis.mark is Mark.READ and (m.basis.law, m.basis.article) != _BY_CHOICE
            ]
            yield from ((step, mode) for mode in ordered[:1])
