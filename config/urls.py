"""Which page is where. Each app lists its own; a URL can be found by searching for it."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config.admission import admits_signed_in
from config.health import health
from config.problems import failed, unfit

admin_pages, *admin_names = admin.site.urls

urlpatterns = [
    path("", include("workforce.sign_in.urls")),
    # A password is changed on the account's own page; a record has no address of another's making.
    path(
        "admin/password_change/",
        admits_signed_in(RedirectView.as_view(pattern_name="account_change_password")),
        name="admin-password",
    ),
    path(
        "admin/",
        ([at for at in admin_pages if getattr(at, "name", "") != "view_on_site"], *admin_names),
    ),
    path("health/", health, name="health"),
    path("", include("workforce.urls")),
    path("", include("referrals.urls")),
    path("", include("ehcp.urls")),
    path("", include("visits.urls")),
    path("", include("indicators.urls")),
]

handler400 = unfit
handler500 = failed
