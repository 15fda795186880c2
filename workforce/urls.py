from django.urls import path

from . import account_views as accounts
from . import event_views as events
from . import notice_views, sessions, switching, views
from .access import EVERYONE, admits, admits_anyone, admits_signed_in
from .account_views import LOOK_AFTER, REVIEW
from .choices import AccountRole
from .models.people import ANSWER_FOR_STAFF, KNOW_COLLEAGUES
from .staffing import KEEPS_STAFF

app_name = "workforce"

administers = admits(AccountRole.ADMINISTRATOR)
keeps_staff = admits(KEEPS_STAFF)

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
    path("accounts/", admits(*LOOK_AFTER)(accounts.AccountList.as_view()), name="account-list"),
    path("accounts/invite/", administers(accounts.Invite.as_view()), name="invite"),
    path("accounts/access/", admits(*REVIEW)(accounts.AccessReviews.as_view()), name="access-list"),
    path(
        "accounts/access/<int:pk>/",
        admits(*REVIEW)(accounts.ReviewPlace.as_view()),
        name="access-detail",
    ),
    path(
        "accounts/<int:pk>/",
        admits(*LOOK_AFTER)(accounts.AccountPage.as_view()),
        name="account-detail",
    ),
    path(
        "accounts/<int:pk>/changes/",
        admits(*LOOK_AFTER)(accounts.AccountDeeds.as_view()),
        name="account-deeds",
    ),
    path("accounts/<int:pk>/role/", administers(accounts.GiveRole.as_view()), name="give-role"),
    path(
        "accounts/<int:pk>/role/<int:appointment>/end/",
        administers(accounts.EndRole.as_view()),
        name="end-role",
    ),
    path("accounts/<int:pk>/link/", administers(accounts.SendLink.as_view()), name="send-link"),
    path("accounts/<int:pk>/end/", administers(accounts.EndAccount.as_view()), name="end-account"),
    path(
        "accounts/<int:pk>/second-step/",
        administers(accounts.AskReset.as_view()),
        name="ask-second-step-reset",
    ),
    path(
        "accounts/<int:pk>/second-step/<int:reset>/confirm/",
        administers(accounts.ConfirmReset.as_view()),
        name="confirm-second-step-reset",
    ),
    path("switch-role/", admits_signed_in(switching.switch_role), name="switch-role"),
    path("teams/", admits(*EVERYONE)(views.TeamList.as_view()), name="team-list"),
    path("teams/<int:pk>/", admits(*EVERYONE)(views.TeamPage.as_view()), name="team-detail"),
    path("workers/", admits(*KNOW_COLLEAGUES)(views.WorkerList.as_view()), name="worker-list"),
    path(
        "workers/<int:pk>/",
        admits(*KNOW_COLLEAGUES)(views.WorkerPage.as_view()),
        name="worker-detail",
    ),
    path("workers/new/", keeps_staff(events.StartWorker.as_view()), name="start-worker"),
    path("workers/<int:pk>/start/", keeps_staff(events.StartAgain.as_view()), name="start-again"),
    path(
        "employments/<int:pk>/change/", keeps_staff(events.ChangePost.as_view()), name="change-post"
    ),
    path("employments/<int:pk>/leave/", keeps_staff(events.Leave.as_view()), name="leave"),
    path("vacancies/new/", keeps_staff(events.OpenVacancy.as_view()), name="open-vacancy"),
    path(
        "vacancies/<int:pk>/fill/", keeps_staff(events.FillVacancy.as_view()), name="fill-vacancy"
    ),
    path("vacancies/", admits(*ANSWER_FOR_STAFF)(views.VacancyList.as_view()), name="vacancy-list"),
    path(
        "vacancies/<int:pk>/",
        admits(*ANSWER_FOR_STAFF)(views.VacancyPage.as_view()),
        name="vacancy-detail",
    ),
]
