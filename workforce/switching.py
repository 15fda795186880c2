"""The role switcher of the demonstration: another of its accounts, without its password.

An account that was not loaded by the demonstration neither finds it nor can be reached by it.
"""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from .models import User
from .sessions import begin
from .sign_in.account import AccountBackend


@require_POST
def switch_role(request: HttpRequest) -> HttpResponse:
    """Sign the visitor of the demonstration in as another of its accounts."""
    if not request.user.demonstration:
        raise Http404("This is not the demonstration.")
    people = User.objects.filter(demonstration=True, is_active=True)
    account = get_object_or_404(people, username=request.POST.get("to", ""))
    login(request, account, backend=f"{AccountBackend.__module__}.{AccountBackend.__name__}")
    begin(request.session, timezone.now())
    return redirect("/")
