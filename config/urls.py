"""Which page is where. Each app lists its own; a URL can be found by searching for it."""

from django.contrib import admin
from django.urls import include, path

from config.health import health
from config.problems import failed, problem

urlpatterns = [
    path("", include("workforce.sign_in.urls")),
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("", include("workforce.urls")),
    path("", include("referrals.urls")),
    path("", include("ehcp.urls")),
    path("", include("visits.urls")),
    path("", include("indicators.urls")),
]

handler400 = problem(400)
handler500 = failed
