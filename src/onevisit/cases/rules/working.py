"""What an officer can do with a procedure now, why not, and the articles he may choose from. Pure."""

from dataclasses import dataclass
from datetime import date

from onevisit.cases.rules.procedure import Standing
from onevisit.cases.rules.regimes import WORDS
from onevisit.core.basis import Basis
from onevisit.core.catalogue import Regime, Service
from onevisit.core.law import articles
from onevisit.core.law.procedure import Check, Command, State, lawful
from onevisit.core.text import Text
from onevisit.licences.rules import LICENSING, MARKET_ENTITIES, RevocationLaw

_ACTS = {
    Command.ACCEPT: "accept",
    Command.REPORT_MISSING: "missing",
    Command.NOT_ACCEPT: "not_accept",
    Command.GRANT: "grant",
    Command.REFUSE: "refuse",
    Command.END: "end",
}
NON_ACCEPTANCE = {
    Regime.LICENCE: {"not-needed": articles.NOT_NEEDED, "not-competent": articles.NOT_COMPETENT},
    Regime.REAL_ESTATE: {"not-competent": articles.ESTATE_ELSEWHERE},
}  # by code, of what is not accepted without a word about what is missing
SILENT = Text(
    "核对的最后一天已过，没有告知补正，依法自收到之日起视为受理；系统马上登记。",
    "The last day to say what is missing has passed in silence: by law it is accepted, which is about to be recorded.",
)


@dataclass(frozen=True, slots=True)
class Possible:
    """Acts on offer, why granting is not, and articles by code."""

    acts: tuple[str, ...]
    why_not: Text | None
    grounds: tuple[tuple[str, Text], ...]


def possible(
    of: Standing,
    service: Service,
    *,
    told: bool,
    waiting: tuple[Text, ...],
    failed: tuple[Text, ...],
    lost: tuple[Text, ...],
    absent: tuple[Text, ...],
    dead: tuple[Text, ...],
    revocable: bool,
    today: date,
) -> Possible:
    """The lawful acts. `told`: the one notice is out; `waiting`, `failed`: services whose output the grant takes;
    `lost`: licences on which it would rest, revoked or not in force; `absent`: what people still have to do; `dead`:
    that one of those who apply has died.
    """
    commands = lawful(of.regime, of.state, of.check)
    if told:
        commands -= {Command.REPORT_MISSING}
    silent = of.silent(today, told=told)
    if silent:
        commands -= {Command.ACCEPT, Command.REPORT_MISSING, Command.NOT_ACCEPT}  # silence has spoken
    if waiting or failed or lost or absent or dead:
        commands -= {Command.GRANT}
    acts = tuple(name for command, name in _ACTS.items() if command in commands)
    law = revocation_law(service)
    if revocable and law and of.state in (State.GRANTED, State.DELIVERED):
        return Possible((*acts, "revoke"), None, tuple((one.code, Text(one.words)) for one in law.grounds))
    grounds = _refusal(of, service) if of.state is State.ACCEPTED else ()
    if "not_accept" in acts and of.check is Check.OPEN:
        grounds = tuple((code, basis.note or Text(code)) for code, basis in NON_ACCEPTANCE[of.regime].items())
    why_not = _of_the_dead(of, dead) or (SILENT if silent else _why_not(of, waiting, failed, lost))
    return Possible(acts, why_not or _awaited(of, absent), grounds)


def revocation_law(service: Service) -> RevocationLaw | None:
    """The law by which what this service issued is revoked; None where none was found that lets the agency revoke it.

    行政许可法 69 speaks of licences; 市场主体登记管理条例 40 of the registration of market entities, and of no other.
    """
    if service.regime is Regime.LICENCE:
        return LICENSING
    entities = any(basis.law == articles.NOT_REGISTER.law for basis in service.legal_basis)
    return MARKET_ENTITIES if entities and service.regime is Regime.REGISTRATION else None


def _of_the_dead(of: Standing, dead: tuple[Text, ...]) -> Text | None:
    """That it cannot be granted any more, and what is left to do."""
    if not dead or not of.state.open:
        return None
    return Text(f"{dead[0].zh}不能准予，请终止办理。", f"{dead[0].en} It cannot be granted: please end it.")


def _awaited(of: Standing, absent: tuple[Text, ...]) -> Text | None:
    """That somebody still has to come, to sign or to pay."""
    if of.state is not State.ACCEPTED or not absent:
        return None
    names = Text.row(absent)
    return Text(f"还等当事人办完：{names.zh}。", f"Those who take part still have to do: {names.en}.")


def _why_not(of: Standing, waiting: tuple[Text, ...], failed: tuple[Text, ...], lost: tuple[Text, ...]) -> Text | None:
    """Why granting is not offered."""
    if of.state is State.ACCEPTED and of.check is Check.PROVISIONAL:
        return Text("容缺受理的，材料还没有补齐，不能准予。", "Something is still to come: it cannot be granted yet.")
    if of.state is State.ACCEPTED and failed:
        names = Text.row(failed)
        return Text(
            f"要用到“{names.zh}”的结果，那一项没有办成。{_or_refuse(of).zh}",
            f"It takes the result of “{names.en}”, which failed.{_or_refuse(of).en}",
        )
    if of.state is State.ACCEPTED and lost:
        names = Text.row(lost)
        return Text(
            f"要用到的“{names.zh}”已被撤销或者失效，不能再作依据。{_or_refuse(of).zh}",
            f"“{names.en}”, on which it would rest, was revoked or is not in force.{_or_refuse(of).en}",
        )
    if of.state is State.ACCEPTED and waiting:
        names = Text.row(waiting)
        return Text(
            f"要等“{names.zh}”的结果，一准予这里就自动就绪。",
            f"It takes the result of “{names.en}” and is ready as soon as that is granted.",
        )
    if of.lacks:
        return Text("等申请人补正，补齐后回到待核对。", "Waiting for the applicant; it comes back when supplied.")
    if of.state is State.WAITING:
        return Text("前一事项还没有办完，依法不能先决定。", "By law the one before comes first.")
    if of.state is State.RECEIVED:
        return Text("先核对材料：齐全就受理，缺了就告知补正。", "Check the papers first: accept, or tell what lacks.")
    return None


def _or_refuse(of: Standing) -> Text:
    """What is left to do where the law knows a refusal; else only its applicant can end it, by withdrawing."""
    if not WORDS[of.regime].refused:
        return Text("请申请人撤回这一项。", " The applicant can withdraw it.")
    return Text("可以说明理由作出不予的决定。", " It can be refused with reasons.")


def _refusal(of: Standing, service: Service) -> tuple[tuple[str, Text], ...]:
    """Articles on which a refusal can rest: as the notice cites them, and what they say."""
    if not WORDS[of.regime].refused:
        return ()
    own: list[Basis] = list(service.legal_basis)
    if any(basis.law == articles.NOT_REGISTER.law for basis in own):
        own.insert(0, articles.NOT_REGISTER)
    elif of.regime is Regime.LICENCE:
        own.insert(0, articles.REFUSE)
    elif of.regime is Regime.REAL_ESTATE:
        own.insert(0, articles.ESTATE_REFUSED)
    cited = {articles.cite(basis): basis for basis in own if basis.law}
    return tuple((code, basis.note or Text(code)) for code, basis in cited.items())
