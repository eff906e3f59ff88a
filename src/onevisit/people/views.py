"""The pages of signing in and out."""

from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_client_ip_address, get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from onevisit.people import carry, session
from onevisit.people.access import Request
from onevisit.people.actor import HOME, Role
from onevisit.people.models import Account

LONGEST = 150  # characters of a user name


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: Request) -> HttpResponse:
    """Ask for user name and password; afterwards go on where the visitor was."""
    if request.method == "GET":
        if request.actor:
            return redirect(_next(request, request.actor.role))
        return render(request, "people/sign_in.html", {"next": request.GET.get("next", "")})
    username = request.POST.get("username", "").strip()
    account = None
    if len(username) <= LONGEST:
        account = authenticate(request, username=username, password=request.POST.get("password", ""))
    if not isinstance(account, Account):
        error = _("用户名或密码不对。请检查大小写后再试；连续5次不对，要等15分钟。")
        return _again(request, username[:LONGEST], error, status=422)
    actor = session.start(request, account, now=timezone.now())
    rotate_token(request)
    user_logged_in.send(sender=Account, request=request, user=account)
    carried = carry.unpack(request.POST.get("carried", ""))
    if carried:
        return render(request, "people/still_here.html", {"carried": carried, "name": actor.name})
    return redirect(_next(request, actor.role))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget this browser's session."""
    session.end(request)
    rotate_token(request)
    return redirect("/")


def locked_out(request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """Too many wrong passwords: say until when to wait."""
    until = _locked_until(request, credentials)
    response = render(request, "people/locked_out.html", {"until": until}, status=429)
    response["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return response


@never_cache
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """A form whose token has changed, as after signing in in another window: offer to send it again.

    Only for forms that this site's own pages posted, by the Origin header, which no foreign page can forge. The form
    of the sign-in page is shown anew instead: a password is typed again.
    """
    origin = request.headers.get("Origin", "")
    if origin and origin == f"{request.scheme}://{request.get_host()}":
        if request.path == reverse("sign-in"):
            error = _("这一页放得太久，或者您在另一个窗口里登录过。请再输一次密码。")
            return _again(request, request.POST.get("username", ""), error, status=403)
        carried = carry.unpack(carry.pack(request))
        return render(request, "people/still_here.html", {"carried": carried, "again": True}, status=403)
    return render(request, "403.html", {"csrf": True}, status=403)


def _again(request: HttpRequest, username: str, error: str, *, status: int) -> HttpResponse:
    context = {
        "next": request.POST.get("next", ""),
        "carried": request.POST.get("carried", ""),
        "username": username,
        "error": error,
    }
    return render(request, "people/sign_in.html", context, status=status)


def _next(request: HttpRequest, role: Role) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return HOME.get(role, "/")


def _locked_until(request: HttpRequest, credentials: dict[str, Any]) -> datetime:
    cool_off: timedelta = get_cool_off(request)
    last: datetime | None = (
        AccessAttempt.objects.filter(username=credentials.get("username"), ip_address=get_client_ip_address(request))
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    return (last or timezone.now()) + cool_off
