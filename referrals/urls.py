from django.urls import path

from . import views

app_name = "referrals"

urlpatterns = [
    path("children/", views.ChildList.as_view(), name="child-list"),
    path("children/<int:pk>/", views.ChildPage.as_view(), name="child-detail"),
    path("referrals/", views.ReferralList.as_view(), name="referral-list"),
    path("referrals/<int:pk>/", views.ReferralPage.as_view(), name="referral-detail"),
]
