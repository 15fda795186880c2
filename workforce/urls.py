from django.urls import path

from . import notice_views, sessions, views

app_name = "workforce"

urlpatterns = [
    path("notices/", notice_views.NoticeList.as_view(), name="notices"),
    path("notices/<int:pk>/read/", notice_views.read, name="notice-read"),
    path("notices/<int:pk>/read-up-to/", notice_views.read_up_to, name="notices-read-up-to"),
    path("session/", sessions.SessionState.as_view(), name="session"),
    path("session/stay/", sessions.Stay.as_view(), name="session-stay"),
    path("session/keep/", sessions.Keep.as_view(), name="session-keep"),
    path("session/discard/", sessions.Discard.as_view(), name="session-discard"),
    path("teams/", views.TeamList.as_view(), name="team-list"),
    path("teams/<int:pk>/", views.TeamPage.as_view(), name="team-detail"),
    path("workers/", views.WorkerList.as_view(), name="worker-list"),
    path("workers/<int:pk>/", views.WorkerPage.as_view(), name="worker-detail"),
    path("vacancies/", views.VacancyList.as_view(), name="vacancy-list"),
    path("vacancies/<int:pk>/", views.VacancyPage.as_view(), name="vacancy-detail"),
]
