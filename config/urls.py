"""Which page is where. Each app lists its own; a URL can be found by searching for it."""

from importlib.util import find_spec

from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from config.health import health

urlpatterns = [
    path("admin/", admin.site.urls),
    path("health/", health, name="health"),
    path("sign-in/", LoginView.as_view(redirect_authenticated_user=True), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
]
for prefix, app in {
    "workforce/": "workforce",
    "referrals/": "referrals",
    "ehcp/": "ehcp",
    "visits/": "visits",
    "": "indicators",
}.items():
    if find_spec(f"{app}.urls"):
        urlpatterns.append(path(prefix, include(f"{app}.urls")))
