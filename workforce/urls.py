from django.urls import path

from . import views

app_name = "workforce"

urlpatterns = [
    path("teams/", views.TeamList.as_view(), name="team-list"),
    path("teams/<int:pk>/", views.TeamPage.as_view(), name="team-detail"),
    path("workers/", views.WorkerList.as_view(), name="worker-list"),
    path("workers/<int:pk>/", views.WorkerPage.as_view(), name="worker-detail"),
    path("vacancies/", views.VacancyList.as_view(), name="vacancy-list"),
    path("vacancies/<int:pk>/", views.VacancyPage.as_view(), name="vacancy-detail"),
]
