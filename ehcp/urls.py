from django.urls import path

from . import views

app_name = "ehcp"

urlpatterns = [
    path("ehc-requests/", views.RequestList.as_view(), name="request-list"),
    path("ehc-requests/<int:pk>/", views.RequestPage.as_view(), name="request-detail"),
]
