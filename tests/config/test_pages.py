"""Pages of trouble: in Chinese, in our own frame, with a way on; and the health page."""

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.urls import include, path

from onevisit.cases.rules.uploads import LARGEST
from onevisit.config.middleware import LARGEST_BODY
from onevisit.config.wsgi import behind
from onevisit.core.errors import Refusal


class Full(Refusal):
    """A refusal with a field."""

    code = "full"
    status = 409
    sentence = "今天的号已经取完（{count}个）。请换一天。"


def refuse(request):
    raise Full(count=3)


def fail(request):
    raise RuntimeError("planted")


urlpatterns = [
    path("refuse", refuse),
    path("fail", fail),
    path("ok", lambda r: HttpResponse("")),
    path("", include("onevisit.config.urls")),
]
pytestmark = pytest.mark.urls("tests.config.test_pages")


def test_a_refusal_is_a_page_with_its_sentence(client):
    page = client.get("/refuse")
    assert page.status_code == 409
    assert "今天的号已经取完（3个）。请换一天。" in page.content.decode()
    assert 'data-refusal="full"' in page.content.decode()


def test_more_than_any_form_sends_is_not_read(client):
    def answer(length):
        return client.generic("POST", "/ok", b"", "text/plain", CONTENT_LENGTH=length)

    assert answer(str(LARGEST_BODY)).status_code == 200
    for more in (str(LARGEST_BODY + 1), "9" * 5000):
        page = answer(more)
        assert page.status_code == 413
        assert "分几次传" in page.content.decode()
    assert 5 * LARGEST < LARGEST_BODY, "as many files as one form takes"


@pytest.mark.parametrize(
    ("proxies", "nearest", "seen"),
    [
        ([], "10.0.0.1", "10.0.0.1"),
        (["10.0.0.0/8"], "10.0.0.1", "192.0.2.7"),
        (["10.0.0.0/8"], "198.51.100.9", "198.51.100.9"),
    ],
)
def test_only_our_own_proxies_say_where_a_visitor_is(proxies, nearest, seen):
    """The last address that a proxy of ours did not add itself; what stands before it anybody can write."""

    def application(environ, _start):
        return [environ["REMOTE_ADDR"].encode()]

    asked = {"REMOTE_ADDR": nearest, "HTTP_X_FORWARDED_FOR": "203.0.113.5, 192.0.2.7, 10.0.0.2"}
    assert behind(proxies, application)(asked, None) == [seen.encode()]


def test_no_such_page(client):
    page = client.get("/no-such-page")
    assert page.status_code == 404
    assert "没有找到" in page.content.decode()


@pytest.mark.filterwarnings("ignore")
def test_our_own_mistake(client):
    client.raise_request_exception = False
    page = client.get("/fail")
    assert page.status_code == 500
    assert "我们这边出了差错" in page.content.decode()
    assert "planted" not in page.content.decode()


@pytest.mark.django_db
def test_health(client, monkeypatch):
    assert client.get("/healthz").json() == {"ok": True}

    def no_cursor() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", no_cursor)
    page = client.get("/healthz")
    assert page.status_code == 503
