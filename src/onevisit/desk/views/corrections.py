"""An answer of a case is put right at the window."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onevisit.cases import actions
from onevisit.cases.errors import AnswersRefused
from onevisit.cases.window_errors import AlreadySigned, NothingToCorrect, OtherPlan
from onevisit.core.facts import spec_of
from onevisit.core.parties import all_specs
from onevisit.desk.page import case_of, page
from onevisit.people.access import SignedInRequest, roles
from onevisit.people.actor import Role
from onevisit.people.refused import said
from onevisit.ui.forms import Field, as_typed, field_of
from onevisit.ui.words import say


@require_http_methods(["GET", "HEAD", "POST"])
@roles(Role.CLERK)
def answers(request: SignedInRequest, number: str) -> HttpResponse:
    """All answers of the case; those that were changed are put right one by one, each with its entry in the ledger."""
    view = case_of(request, number)
    specs = all_specs(view.event)
    errors: dict[str, str] = {}
    if request.method == "POST":
        for fact in view.facts:
            typed = request.POST.get(fact.key)
            if typed is not None and typed.strip() != request.POST.get(f"was-{fact.key}", ""):
                errors |= _correct(request, number, fact.key, typed.strip())
        if not errors:
            return redirect("desk-case", number)
    fields: list[tuple[Field, str]] = []
    for fact in view.facts:
        spec = spec_of(fact.key, specs)
        if spec is not None:
            was = as_typed(fact.value)
            field = field_of(spec, typed=request.POST.get(fact.key, was))
            fields.append((replace(field, name=fact.key, error=errors.get(fact.key, "")), was))
    wrong = [(field.id, field.error) for field, _ in fields if field.error]
    context = {"case": view, "fields": fields, "errors": wrong}
    return page(request, "desk/answers.html", context, status=422 if wrong else 200)


def _correct(request: SignedInRequest, number: str, fact: str, typed: str) -> dict[str, str]:
    """Put one right; why not, by fact."""
    try:
        actions.correct_answer(number, fact, typed, by=request.actor, now=timezone.now())
    except AnswersRefused as refused:
        return {key: say(sentence) for key, sentence in refused.errors.items()}
    except (AlreadySigned, NothingToCorrect, OtherPlan) as refused:
        return {fact: said(refused)}
    return {}
