"""An account's own notices."""

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django.views.generic import ListView

from config.views import PAGE

from .models import Notice


class NoticeList(ListView):
    """What the account was told, the latest first."""

    template_name = "workforce/notices.html"
    context_object_name = "notices"
    paginate_by = PAGE

    def get_queryset(self) -> QuerySet:
        return Notice.objects.visible_to(self.request.user)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=Now())
    return redirect("workforce:notices")


@require_POST
def read_up_to(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a notice and all before it as read; what came while the page was open stays new."""
    latest = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mine = Notice.objects.visible_to(request.user).unread()
    mine.filter(pk__lte=latest.pk).update(read_at=Now())
    return redirect("workforce:notices")
