from django.urls import path

from workforce.access import WITH_SEND, admits

from . import event_views, views

app_name = "ehcp"

urlpatterns = [
    path("ehc-requests/", admits(*WITH_SEND)(views.RequestList.as_view()), name="request-list"),
    path(
        "ehc-requests/<int:pk>/",
        admits(*WITH_SEND)(views.RequestPage.as_view()),
        name="request-detail",
    ),
    path(
        "children/<int:pk>/ehc-request/",
        admits(*WITH_SEND)(event_views.ReceiveRequest.as_view()),
        name="request-of",
    ),
    path(
        "ehc-requests/<int:pk>/decide-to-assess/",
        admits(*WITH_SEND)(event_views.DecideToAssess.as_view()),
        name="decide-to-assess",
    ),
    path(
        "ehc-requests/<int:pk>/decide-on-plan/",
        admits(*WITH_SEND)(event_views.DecideOnPlan.as_view()),
        name="decide-on-plan",
    ),
    path(
        "ehc-requests/<int:pk>/change-decision/",
        admits(*WITH_SEND)(event_views.ChangeDecision.as_view()),
        name="change-decision",
    ),
    path(
        "ehc-requests/<int:pk>/tell-family/",
        admits(*WITH_SEND)(event_views.TellFamily.as_view()),
        name="tell-family",
    ),
    path(
        "ehc-requests/<int:pk>/permitted-exception/",
        admits(*WITH_SEND)(event_views.NoteException.as_view()),
        name="note-exception",
    ),
    path(
        "ehc-requests/<int:pk>/send-draft/",
        admits(*WITH_SEND)(event_views.SendDraft.as_view()),
        name="send-draft",
    ),
    path(
        "ehc-requests/<int:pk>/issue-plan/",
        admits(*WITH_SEND)(event_views.IssuePlan.as_view()),
        name="issue-plan",
    ),
    path(
        "ehc-requests/<int:pk>/withdraw/",
        admits(*WITH_SEND)(event_views.Withdraw.as_view()),
        name="withdraw",
    ),
]
