"""How an operation is declared: its scope, its answers, its problems, all of which the document then says."""

from collections.abc import Callable
from typing import Annotated, Any

from ninja import Header, Query, Router, Schema

from onevisit.api.access import Anybody, Needs
from onevisit.api.schemas.common import Problem

READS = (400, 401, 403, 404, 429)
WRITES = (400, 401, 403, 404, 409, 413, 415, 422, 429)
PRINTABLE = r"^[!-~]+$"
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key", min_length=1, max_length=100, pattern=PRINTABLE,
        description="一次性编号：重发同一请求时用同一个，只办一次，答复相同；留存 7 天。",
    ),
]  # fmt: skip
Match = Annotated[
    str,
    Header(
        alias="If-Match", max_length=500, pattern=r'^[ -~]*$',
        description="读取该事项时得到的 ETag：之后有了变化就不办理，答复 412。",
    ),
]  # fmt: skip
After = Annotated[str, Query(max_length=200, description="上一页的 next 里的游标")]


def operation(
    router: Router,
    method: str,
    path: str,
    *,
    scope: str = "",
    answers: dict[int, Any],
    problems: tuple[int, ...] = (),
    tag: str,
    extra: dict[str, Any] | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare the decorated view as an operation; its docstring's first line is the summary."""
    statuses: tuple[int, ...] = READS if method == "GET" else WRITES
    if not scope:
        statuses = tuple(one for one in statuses if one not in (401, 403))
    documented: dict[int, type[Schema] | None] = dict.fromkeys((*statuses, *problems, 500), Problem)

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        summary, _, more = (view.__doc__ or "").strip().partition("\n")
        security = {"security": [{"oauth2": [scope]}]} if scope else {}
        declared: Callable[..., Any] = router.api_operation(
            [method],
            path,
            auth=Needs(scope) if scope else Anybody(),
            response={**answers, **documented},
            summary=summary,
            description=" ".join(more.split()),
            operation_id=view.__name__,
            tags=[tag],
            openapi_extra={**security, **(extra or {})},
        )(view)
        return declared

    return declare
