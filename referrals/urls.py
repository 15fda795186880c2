from django.urls import path

from workforce.access import CASEWORK, WITH_SEND, admits

from . import views

app_name = "referrals"

urlpatterns = [
    path("children/", admits(*WITH_SEND)(views.ChildList.as_view()), name="child-list"),
    path("children/<int:pk>/", admits(*WITH_SEND)(views.ChildPage.as_view()), name="child-detail"),
    path("referrals/", admits(*CASEWORK)(views.ReferralList.as_view()), name="referral-list"),
    path(
        "referrals/<int:pk>/",
        admits(*CASEWORK)(views.ReferralPage.as_view()),
        name="referral-detail",
    ),
]
