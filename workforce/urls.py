from django.urls import path

from . import notice_views, sessions, views
from .access import EVERYONE, admits, admits_anyone, admits_signed_in
from .models.people import ANSWER_FOR_STAFF, KNOW_COLLEAGUES

app_name = "workforce"

urlpatterns = [
    path("notices/", admits_signed_in(notice_views.NoticeList.as_view()), name="notices"),
    path("notices/<int:pk>/read/", admits_signed_in(notice_views.read), name="notice-read"),
    path(
        "notices/<int:pk>/read-up-to/",
        admits_signed_in(notice_views.read_up_to),
        name="notices-read-up-to",
    ),
    path("session/", admits_anyone(sessions.SessionState.as_view()), name="session"),
    path("session/stay/", admits_signed_in(sessions.Stay.as_view()), name="session-stay"),
    path("session/keep/", admits_signed_in(sessions.Keep.as_view()), name="session-keep"),
    path("session/discard/", admits_signed_in(sessions.Discard.as_view()), name="session-discard"),
    path("teams/", admits(*EVERYONE)(views.TeamList.as_view()), name="team-list"),
    path("teams/<int:pk>/", admits(*EVERYONE)(views.TeamPage.as_view()), name="team-detail"),
    path("workers/", admits(*KNOW_COLLEAGUES)(views.WorkerList.as_view()), name="worker-list"),
    path(
        "workers/<int:pk>/",
        admits(*KNOW_COLLEAGUES)(views.WorkerPage.as_view()),
        name="worker-detail",
    ),
    path("vacancies/", admits(*ANSWER_FOR_STAFF)(views.VacancyList.as_view()), name="vacancy-list"),
    path(
        "vacancies/<int:pk>/",
        admits(*ANSWER_FOR_STAFF)(views.VacancyPage.as_view()),
        name="vacancy-detail",
    ),
]
