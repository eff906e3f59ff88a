"""A service's time, powers, steps, results, money, audience: each fault is found with its line, nothing else is."""

import pytest

from tests.catalogue.examining.conftest import EVENT, FOOD, PAPERS, REGISTRATION, STREET, is_told

BY_LAW = 'legal_basis: [{mark: V, law: 摊位法, article: "%s"}]'
READ = "legal_basis: [{mark: E, law: 摊位法}]"
COUNTER = '{kind: counter, at: [hall], basis: {mark: V, law: 摊位法, article: "9"}}'
ONLINE = '{kind: online, basis: {mark: V, law: 摊位法, article: "6"}}'
PAY = f"""      - key: pay
        name: {{zh: 缴费, en: pay}}
        actor: applicant
        after: [apply]
        pays: true
        modes:
          - {ONLINE}
"""
FEE = "      - {payee: {zh: 城管局, en: Streets}, amount: 10, label: {zh: 占道费, en: street fee}, basis: "


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (FOOD, "statutory: {amount: 20, unit: working_day", "statutory: {amount: 9, unit: working_day"),
        (STREET, "statutory: {amount: 15, unit: day", "statutory: {amount: 14, unit: day"),
    ],
)
def test_a_promise_longer_than_the_law(planted, file, old, new):
    """In fifteen days there are at most eleven working days, in fourteen ten."""
    is_told(planted(file, (old, new)), "promise-over-limit", "error", file, "promise:")


@pytest.mark.parametrize(("file", "article", "severity"), [(FOOD, "7", "error"), (STREET, "9", "warning")])
def test_a_power_without_an_article(planted, file, article, severity):
    found = planted(file, (BY_LAW % article, READ))
    is_told(found, "power-without-article", severity, file, "legal_basis:")


def test_a_step_that_nothing_waits_for(planted):
    found = planted(FOOD, ("after: [check], most: 4", "after: [apply], most: 10"))
    is_told(found, "idle-step", "warning", FOOD, "- {key: check")


def test_steps_that_stand_for_one_another_are_not_idle(planted):
    other = (
        "      - {key: refer, name: {zh: 转, en: refer}, actor: agency, after: [check], most: 4, when: matter.chain}\n"
    )
    found = planted(
        FOOD,
        ("after: [check], most: 4", "after: [check], most: 4, when: not matter.chain"),
        ("      - key: collect", f"{other}      - key: collect"),
    )
    assert found == []


def test_a_licence_that_no_service_accepts(planted):
    take = "{kind: output, ref: food-licence}"
    found = planted(STREET, (take, "{kind: upload}"), ("evidence: food-licence", "evidence: layout"))
    is_told(found, "licence-not-taken", "note", PAPERS, "- {key: food-licence")


def test_a_licence_that_no_service_issues_or_accepts(planted):
    more = "  - {key: pass, name: {zh: 通行证, en: Pass}, issuer: market, fields: [applicant.name]}\n"
    found = planted(PAPERS, ("licence_types:\n", f"licence_types:\n{more}"))
    is_told(found, "licence-not-used", "warning", PAPERS, "- {key: pass")


@pytest.mark.parametrize(
    ("file", "old", "new", "severity"),
    [
        (FOOD, "most: 6", "most: 7", "error"),
        (FOOD, "most: 6", "most: 5", "warning"),
        (REGISTRATION, "after: [apply]}", "after: [apply], most: 1}", "error"),
    ],
)
def test_steps_that_take_something_else_than_is_promised(planted, file, old, new, severity):
    is_told(planted(file, (old, new)), "promise-and-steps", severity, file, "promise:")


def test_a_licence_without_a_result(planted):
    found = planted(STREET, ("regime: filing", "regime: licence"))
    assert ("licence-without-result", "error", f"{STREET}: outputs: []") in found


def test_a_result_of_another_agency(planted):
    found = planted(PAPERS, ("issuer: health", "issuer: market"))
    is_told(found, "issuer-differs", "warning", FOOD, "outputs:")


def test_a_result_on_which_nothing_is_said_to_stand(planted):
    found = planted(PAPERS, ("issuer: health, fields: [applicant.name]", "issuer: health"))
    is_told(found, "result-without-fields", "warning", PAPERS, "- {key: food-licence")


@pytest.mark.parametrize(
    ("basis", "severity"),
    [("{mark: assumed, note: 假定}", "error"), ("{mark: memory, note: 凭记忆}", "warning")],
)
def test_a_visit_that_no_article_demands(planted, basis, severity):
    found = planted(STREET, (COUNTER, f"{{kind: counter, at: [hall], basis: {basis}}}"))
    is_told(found, "visit-without-article", severity, STREET, "- {kind: counter")


def test_a_visit_that_no_article_demands_of_some(planted):
    """Online is for chains only; in the registration a chain never comes, so everybody else has to come."""
    online = f"          - {ONLINE}\n"
    narrow = online.replace("online, ", "online, when: matter.area < 50, ")
    found = planted(REGISTRATION, (online, narrow))
    is_told(found, "visit-without-article", "error", REGISTRATION, "- {kind: counter")


def test_a_step_that_some_can_do_in_no_way(planted):
    found = planted(STREET, (ONLINE, ONLINE.replace("online, ", "online, when: matter.area < 50, ")))
    is_told(found, "no-mode", "error", STREET, "modes:")


@pytest.mark.parametrize(
    ("regime", "basis", "severities"),
    [
        ("filing", "{mark: memory, note: 价〔2016〕2号，凭记忆}", ["warning"]),
        ("filing", "{mark: E, note: 收费公示}", ["warning"]),
        ("filing", "{mark: E, note: 价〔2016〕2号}", []),
        ("licence", "{mark: E, note: 价〔2016〕2号}", ["error"]),
    ],
)
def test_a_fee_without_an_article(planted, regime, basis, severities):
    found = planted(STREET, (f'{FEE}{{mark: V, law: 摊位法, article: "10"}}', FEE + basis), ("filing", regime))
    told = [one for one in found if not one[0].startswith("licence-")]
    for severity in severities:
        is_told(told, "fee-without-article", severity, STREET, "- {payee:")
    assert len(told) == len(severities)


def test_a_fee_that_no_step_pays(planted):
    found = planted(STREET, (PAY, ""), ("after: [pay]", "after: [apply]"))
    is_told(found, "fee-without-paying", "warning", STREET, "- {payee:")


def test_a_step_that_pays_nothing(planted):
    found = planted(STREET, ("amount: 10, label", "amount: 0, label"))
    is_told(found, "paying-without-fee", "error", STREET, "- key: pay")


@pytest.mark.parametrize("audience", ["[individual]", "[company]"])
def test_a_service_that_is_not_for_whom_it_applies_to(planted, audience):
    by_law = BY_LAW % "7"
    found = planted(FOOD, (by_law, f"{by_law}\n    audience: {audience}"))
    is_told(found, "audience", "error", FOOD, "audience:")


def test_a_service_for_companies_in_an_event_without_any(planted):
    body = "  body:\n    when: matter.kind = 'have'\n    name: organisation.name\n    code: organisation.uscc\n"
    body += '    representative: organisation.representative\n    basis: {mark: V, law: 摊位法, article: "3"}\n'
    found = planted(EVENT, (body, ""))
    assert {(code, severity) for code, severity, _ in found} == {("audience", "warning")}


@pytest.mark.parametrize(
    ("pairs", "lacks"),
    [
        ([("        after: [decide]\n", "")], 1),
        (
            [("        after: [decide]\n", ""), ("actor: agency, after: [apply]", "actor: agency")],
            2,
        ),
        (
            [("actor: agency, after: [apply]", "actor: applicant"), ("actor: agency", "actor: applicant")],
            2,
        ),
    ],
)
def test_a_licence_whose_steps_are_not_all_there(planted, pairs, lacks):
    found = planted(FOOD, *pairs)
    told = [one for one in found if one[0] == "licence-steps"]
    assert told == [("licence-steps", "error", f"{FOOD}: steps:")] * lacks
