"""The reform office leads a version through the gate on its pages; nobody else does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from onevisit.catalogue import queries
from onevisit.catalogue.models import CatalogueVersion, PublicComment
from tests.catalogue.gate.making import card, sent_in
from tests.fixtures.costs import MOST_QUERIES, measured
from tests.reform.conftest import file

pytestmark = pytest.mark.django_db
NOT_YET = {
    "list": "not-yet",
    "causes": "证要到窗口领",
    "who": "示范图书馆",
    "change": "证可以寄",
    "until": "2027-06-30",
}
EXCEPTION = {
    "list": "exceptions", "law": "示范法", "article": "1", "entry": "第 1 项", "entry_date": "2026-01-01",
    "declared": "1",
}  # fmt: skip


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def last_day() -> date:
    return timezone.localdate() + timedelta(days=29)


def days_pass(address: str) -> None:
    """The days of comment are over."""
    yesterday = timezone.localdate() - timedelta(days=1)
    CatalogueVersion.objects.filter(pk=address.rsplit("/", 1)[1]).update(comment_until=yesterday)


def opened(client, address: str) -> None:
    assert client.post(f"{address}/proof").status_code == 302
    days = {"first": str(timezone.localdate()), "last": str(last_day())}
    assert client.post(f"{address}/comment-days", days).status_code == 302


def test_from_the_document_to_the_day_it_is_in_force(client, draft):
    address = draft()
    assert "请先审核并证明" in page(client, "/reform/versions") and "草案" in page(client, address)
    opened(client, address)
    said = page(client, address)
    assert "公示：" in said and "最多跑 1 次" in said and "赵改革" in said
    early = client.post(f"{address}/force", {"day": str(last_day())})
    assert early.status_code == 409 and "才结束" in early.content.decode()
    days_pass(address)
    assert "公示已结束" in page(client, address)
    today = timezone.localdate()
    assert client.post(f"{address}/force", {"day": str(today)}).status_code == 302
    queries.forget()
    assert "在用，自" in page(client, address)
    assert "办读者证" in page(client, "/")
    assert measured(client, address)[0] <= MOST_QUERIES


def test_what_is_past_one_visit_is_asked_for_its_entry_and_nothing_typed_is_lost(client, draft):
    address = draft(sent=False)
    assert client.post(f"{address}/proof").status_code == 302
    said = page(client, address)
    assert "浙江规定 43" in said and "必须在「发读者证 · 申请」之后" in said, "the causes are taken from the proof"
    days = {"first": str(timezone.localdate()), "last": str(last_day())}
    refused = client.post(f"{address}/comment-days", days)
    assert refused.status_code == 409 and "请先登记" in refused.content.decode()
    for typed, problem in (
        (NOT_YET | {"who": ""}, "请填写这一项"),
        (NOT_YET | {"until": "soon"}, "请填日期"),
        (EXCEPTION | {"declared": ""}, "浙江规定 43 要追究"),
    ):
        refused = client.post(f"{address}/entry", typed)
        text = refused.content.decode()
        assert refused.status_code == 422 and problem in text
        kept = [value for key, value in typed.items() if value and key not in ("list", "declared", "until")]
        assert all(value in text for value in kept), "what was typed is still there"
    assert client.post(f"{address}/entry", EXCEPTION).status_code == 302
    assert client.post(f"{address}/entry", NOT_YET).status_code == 302
    assert "证可以寄" in page(client, address)
    assert client.post(f"{address}/comment-days", days).status_code == 302


def test_days_that_are_none_too_few_or_past_are_told_beside_the_field(client, draft):
    address = draft()
    client.post(f"{address}/proof")
    today = timezone.localdate()
    for first, last, problem in (
        (str(today), "", "请填日期"),
        (str(today), str(today), "至少 30 天"),
        (str(today - timedelta(days=1)), str(last_day()), "日期不能早于今天"),
    ):
        refused = client.post(f"{address}/comment-days", {"first": first, "last": last})
        assert refused.status_code == 422 and problem in refused.content.decode()
        assert f'value="{first}"' in refused.content.decode()


def test_findings_are_shown_with_their_path(client, draft):
    address = draft(lead="nobody")
    assert client.post(f"{address}/proof").status_code == 302
    assert "<code" in page(client, address) and "nobody" in page(client, address)


def test_comments_are_answered_and_hidden(client, draft):
    address = draft()
    opened(client, address)
    version = address.rsplit("/", 1)[1]
    one, two = (
        PublicComment.objects.create(version_id=version, key=k, name="王", text=f"意见{k}", at=timezone.now())
        for k in "ab"
    )
    days_pass(address)
    refused = client.post(f"{address}/force", {"day": str(timezone.localdate())})
    assert refused.status_code == 409 and "还有 2 条意见没有答复" in refused.content.decode()
    empty = client.post(f"{address}/comments/{one.pk}/answer", {f"answer-{one.pk}": " "})
    assert empty.status_code == 422 and "请填写这一项" in empty.content.decode()
    done = client.post(f"{address}/comments/{one.pk}/answer", {f"answer-{one.pk}": "谢谢"})
    assert (done.status_code, done["Location"]) == (302, f"{address}#c-{one.pk}")
    assert client.post(f"{address}/comments/{two.pk}/hiding", {f"reason-{two.pk}": "广告"}).status_code == 302
    said = page(client, address)
    assert "谢谢" in said and "意见b" in said and "广告" in said
    assert client.post(f"{address}/comments/{uuid4()}/answer", {}).status_code == 404
    assert client.post(f"{address}/force", {"day": str(timezone.localdate())}).status_code == 302


def test_withdrawing_asks_why(client, draft):
    address = draft()
    refused = client.post(f"{address}/withdrawal", {"reason": ""})
    assert refused.status_code == 422
    assert client.post(f"{address}/withdrawal", {"reason": "写错了"}).status_code == 302
    assert "撤回：写错了" in page(client, address)


def test_two_versions_are_compared(client, draft):
    first, second = draft(), draft(days=3)
    said = page(client, f"{second}?with={first.rsplit('/', 1)[1]}")
    assert "最多工作日" in said and "<del>5</del> → <ins>3</ins>" in said
    assert "没有别的版本在用" in page(client, second)
    assert client.get(f"{second}?with={uuid4()}").status_code == 404
    assert client.get(f"{second}?with=nonsense").status_code == 200


def test_a_document_that_is_none_is_not_taken(client, draft):
    for document, problem in (
        (None, "请选一份版本文档"),
        (file(b"{"), "no JSON document"),
        (file(sent_in(card(colour="red"))), "colour"),
    ):
        sent = {} if document is None else {"document": document}
        refused = client.post("/reform/versions", sent)
        assert refused.status_code == 422 and problem in refused.content.decode()
    assert not CatalogueVersion.objects.exists()


@pytest.mark.parametrize("who", ["xiaoman", "clerk", "officer"])
def test_for_the_reform_office_only(client, draft, sign_in, who):
    address = draft()
    client.post("/sign-out")
    paths = ("", "/proof", "/entry", "/comment-days", "/force", "/withdrawal")
    posts = [address + path for path in paths[1:]]
    posts += [f"{address}/comments/{uuid4()}/{act}" for act in ("answer", "hiding")]
    assert client.get(address)["Location"].startswith("/sign-in")
    assert [client.post(path).status_code for path in (*posts, "/reform/versions")] == [403] * 8
    sign_in(who)
    assert client.get(address).status_code == client.get("/reform/versions").status_code == 403
    assert [client.post(path).status_code for path in (*posts, "/reform/versions")] == [403] * 8
    assert CatalogueVersion.objects.get().state == "draft"


def test_no_such_version(client, draft):
    draft()
    assert client.get(f"/reform/versions/{uuid4()}").status_code == 404
    assert client.post(f"/reform/versions/{uuid4()}/proof").status_code == 404
