from django.urls import path

from workforce.access import WITH_SEND, admits

from . import views

app_name = "ehcp"

urlpatterns = [
    path("ehc-requests/", admits(*WITH_SEND)(views.RequestList.as_view()), name="request-list"),
    path(
        "ehc-requests/<int:pk>/",
        admits(*WITH_SEND)(views.RequestPage.as_view()),
        name="request-detail",
    ),
]
