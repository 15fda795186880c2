"""Signing in and out, and one's own account. What allauth offers besides is not routed."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount.views import login_cancelled
from django.urls import path

from config.admission import admits_anyone, admits_signed_in

from . import directory, second_step, views

urlpatterns = [
    path("admin/login/", admits_anyone(views.sign_in_to_admin), name="sign-in-to-admin"),
    path("sign-in/", admits_anyone(views.SignIn.as_view()), name="sign-in"),
    path("sign-in/", admits_anyone(views.SignIn.as_view()), name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/ended/", account.account_inactive, name="account_inactive"),
    path("sign-in/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path(
        "sign-in/<slug:provider_id>/",
        admits_anyone(directory.ask),
        name="openid_connect_login",
    ),
    path(
        "sign-in/<slug:provider_id>/back/",
        admits_anyone(directory.come_back),
        name="openid_connect_callback",
    ),
    path("sign-out/", account.logout, name="sign-out"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", mfa.index, name="mfa_index"),
    path("account/password/", account.password_change, name="account_change_password"),
    path(
        "account/second-step/",
        admits_signed_in(second_step.SetUp.as_view()),
        name="mfa_activate_totp",
    ),
    path("account/second-step/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/recovery-codes/recovery-codes.txt",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(
        "welcome/<uidb64>/<token>/",
        admits_anyone(views.Welcome.as_view()),
        name="welcome",
    ),
]
