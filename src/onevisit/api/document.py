"""The OpenAPI document: what ninja reads off the operations, and what it cannot know."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext, override
from pydantic.json_schema import models_json_schema

from onevisit.api.access import LIFETIME
from onevisit.api.app import api
from onevisit.api.problems import MEDIA
from onevisit.api.schemas.hooks import HookMessage
from onevisit.core.planning.export import GUIDE_SCHEMA, PLAN_SCHEMA
from onevisit.core.text import gettext_noop as _
from onevisit.hooks.queries import EVENTS
from onevisit.machines.queries import SCOPES
from onevisit.ui.words import SOURCE, say

Json = dict[str, Any]
REF = "#/components/schemas/"
NAMED = "#/components/responses/"
ABOUT = _(
    "一件事、办理方案、申请、办件、缴费、部门办理的机器接口。每次写都带 Idempotency-Key；出错按 RFC 9457 答复，"
    "code 不变，detail 按 Accept-Language 用中文或英文，这份文档也是。说明见 docs/integrators.md。"
)
TAGS = {
    "public": _("任何人"),
    "token": _("取令牌"),
    "planning": _("问题与方案"),
    "drafts": _("申请"),
    "cases": _("办件"),
    "payments": _("缴费"),
    "agencies": _("部门业务系统"),
    "webhooks": _("通知"),
}
_TEXT: Json = {"type": "string"}
_SECONDS: Json = {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}}}
HEADERS: Json = {"401": {"WWW-Authenticate": {"schema": _TEXT}}, "429": _SECONDS, "503": _SECONDS}
PROBLEMS = {
    "400": _("请求的格式不对，errors 里是哪个字段"),
    "401": _("没有有效的令牌"),
    "403": _("令牌没有这项权限，或者不是这类程序能做的"),
    "404": _("没有，或者是别人的：两者看起来一样"),
    "409": _("现在的状态不能这样做"),
    "412": _("读取之后有了变化（If-Match）"),
    "413": _("太大"),
    "415": _("Content-Type 不对"),
    "422": _("格式对，但不能办：detail 说下一步怎么办"),
    "429": _("太勤"),
    "500": _("系统出了问题，已经记录"),
    "503": _("正忙，过一会儿再来"),
}


def document() -> Json:
    """The whole document in the reader's language; else the same for every installation."""
    return _document(get_language() or SOURCE)


@lru_cache
def _document(lang: str) -> Json:
    with override(lang):
        found: Json = _said(_made())
        return found


def _said(value: Any) -> Any:
    """The summaries and descriptions of a document in the active language."""
    if isinstance(value, dict):
        return {
            key: gettext(one) if key in ("summary", "description") and isinstance(one, str) and one else _said(one)
            for key, one in value.items()
        }
    return [_said(one) for one in value] if isinstance(value, list) else value


def _made() -> Json:
    made: Json = _plain(api.get_openapi_schema(path_prefix="/api/v1/"))
    made["info"]["description"] = ABOUT
    made["servers"] = [{"url": "/", "description": _("这台服务器")}]
    made["tags"] = [{"name": name, "description": words} for name, words in TAGS.items()]
    for path in made["paths"].values():
        for method, operation in path.items():
            _finish(method, operation)
    made["paths"] = {"/api/v1/token": {"post": _token()}, **made["paths"]}
    schemas = made["components"]["schemas"]
    for name, schema in (("Plan", PLAN_SCHEMA), ("Guide", GUIDE_SCHEMA)):
        schemas |= _moved(name, schema)
    for path, name in (("/api/v1/events/{event}/plan", "Plan"), ("/api/v1/guides/{event}", "Guide")):
        (operation,) = made["paths"][path].values()
        operation["responses"]["200"]["content"]["application/json"]["schema"] = {"$ref": REF + name}
    messages = models_json_schema([(HookMessage, "serialization")], ref_template=REF + "{model}")[1]
    schemas |= messages["$defs"]
    made["components"]["schemas"] = dict(sorted(schemas.items()))
    made["components"]["responses"] = _answers()
    made["components"]["securitySchemes"] = {"oauth2": _oauth2()}
    made["webhooks"] = {name: {"post": _webhook(name, say(words))} for name, words in EVENTS.items()}
    return made


def _plain(value: Any) -> Any:
    """As JSON has it: statuses are texts."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _finish(method: str, operation: Json) -> None:
    """Problems by their media type, headers, and the answer that nothing has changed."""
    if operation.get("description") == operation["summary"]:
        del operation["description"]  # ninja repeats a docstring of one line
    answers = operation["responses"]
    if method == "get":
        answers["304"] = {}
        answers["200"]["headers"] = {"ETag": {"schema": _TEXT}}
    named = {status: {"$ref": NAMED + status} if status >= "304" else answer for status, answer in answers.items()}
    operation["responses"] = dict(sorted(named.items()))


def _answers() -> Json:
    """The answers that are the same for all operations."""
    content = {"content": {MEDIA: {"schema": {"$ref": REF + "Problem"}}}}
    found: Json = {
        status: {"description": words, **content, "headers": HEADERS.get(status, {})}
        for status, words in PROBLEMS.items()
    }
    return {"304": {"description": _("没有变化"), "headers": {"ETag": {"schema": _TEXT}}}, **found}


def _moved(name: str, schema: Json) -> Json:
    """A JSON Schema and its definitions as components."""
    whole = {key: value for key, value in schema.items() if key not in ("$defs", "$schema")}
    found: Json = _with_refs({name: whole, **schema["$defs"]})
    return found


def _with_refs(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: one.replace("#/$defs/", REF) if key == "$ref" else _with_refs(one) for key, one in value.items()}
    return [_with_refs(one) for one in value] if isinstance(value, list | tuple) else value


def _oauth2() -> Json:
    scopes = {scope: say(words) for scope, words in SCOPES.items()}
    return {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/api/v1/token", "scopes": scopes}}}


def _token() -> Json:
    """The token endpoint, which is authlib's and not ninja's."""
    error: Json = {
        "type": "object",
        "required": ["error"],
        "properties": {"error": _TEXT, "error_description": _TEXT},
    }
    refused = {"content": {"application/json": {"schema": error}}}
    answer: Json = {
        "type": "object",
        "required": ["access_token", "token_type", "expires_in", "scope"],
        "properties": {
            "access_token": _TEXT,
            "token_type": {"const": "Bearer"},
            "expires_in": {"const": LIFETIME},
            "scope": _TEXT,
        },
    }
    asked: Json = {
        "type": "object",
        "required": ["grant_type"],
        "properties": {
            "grant_type": {"const": "client_credentials"},
            "scope": {**_TEXT, "description": _("要哪些权限，用空格隔开；不写就是全部")},
            "client_id": {**_TEXT, "description": _("也可以用 HTTP Basic")},
            "client_secret": _TEXT,
        },
    }
    return {
        "operationId": "token",
        "summary": _("取访问令牌（OAuth 2.0 客户端凭证，RFC 6749 4.4）"),
        "tags": ["token"],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": asked}}},
        "responses": {
            "200": {"description": "OK", "content": {"application/json": {"schema": answer}}},
            "400": {"description": "invalid_request, invalid_scope, unsupported_grant_type", **refused},
            "401": {"description": "invalid_client", **refused},
            **{status: {"$ref": NAMED + status} for status in ("413", "415", "429", "500")},
        },
    }


def _webhook(name: str, words: str) -> Json:
    header = {"in": "header", "required": True, "schema": _TEXT}
    return {
        "operationId": f"on-{name}",
        "summary": words,
        "tags": ["webhooks"],
        "parameters": [{"name": f"webhook-{one}", **header} for one in ("id", "timestamp", "signature")],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": REF + "HookMessage"}}}},
        "responses": {
            "2XX": {"description": _("收到了；别的答复都会过一会儿再发")},
            "410": {"description": _("不要再发")},
        },
    }
