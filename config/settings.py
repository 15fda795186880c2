"""Django's settings. Everything that differs between installations comes from the environment.

Without SECRET_KEY in the environment this is a local installation: a key is made once and kept
in VAR_DIR, and pages are served over plain HTTP to this machine. With it, cookies are marked
secure, HTTP is redirected to HTTPS, and ALLOWED_HOSTS must name the site.
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key

from config import broker
from config.embedded import Cluster, own_folder

BASE_DIR = Path(__file__).resolve().parent.parent


def listed(name: str) -> list[str]:
    """The comma-separated values of an environment variable."""
    return [value.strip() for value in os.environ.get(name, "").split(",") if value.strip()]


def is_on(name: str, *, otherwise: bool) -> bool:
    """Whether an environment variable says on; `otherwise` where it is not set."""
    value = os.environ.get(name, "").strip().lower()
    return value in {"1", "on", "true", "yes"} if value else otherwise


def kept_secret(path: Path) -> str:
    """The local installation's secret key, made on first use and readable by its owner alone."""
    if not path.exists():
        half = path.with_name(f"{path.name}.{os.getpid()}")
        half.touch(mode=0o600)
        half.write_text(get_random_secret_key())
        half.rename(path)
    return path.read_text()


# Where everything that is written goes.
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").absolute()
own_folder(VAR_DIR)

LOCAL = not os.environ.get("SECRET_KEY")
SECRET_KEY = kept_secret(VAR_DIR / "secret-key") if LOCAL else os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
DEBUG = is_on("DEBUG", otherwise=False)
ALLOWED_HOSTS = [*listed("ALLOWED_HOSTS"), "localhost", *(["127.0.0.1", "[::1]"] if LOCAL else [])]
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "indicators",
    "ehcp",
    "visits",
    "referrals",
    "workforce",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "config.privacy.never_stored",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.admission.only_methods_of_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "workforce.sessions.Limits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "workforce.sign_in.second_step.SecondStepFirst",
    "config.admission.Gate",
    "django.contrib.messages.middleware.MessageMiddleware",
    "config.problems.NothingUnrecorded",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "referrals.refusals.explained",
    "config.doorbell.ring_after_changes",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.frontend.context",
                "workforce.sessions.context",
                "workforce.notices.context",
                "referrals.emergency.banner",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

# People

AUTH_USER_MODEL = "workforce.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "UserAttributeSimilarityValidator": {},
        "MinimumLengthValidator": {"min_length": 12},
        "NumericPasswordValidator": {},
    }.items()
] + [{"NAME": "workforce.sign_in.passwords.NotCommonAtHeart"}]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "workforce.sign_in.account.AccountBackend",
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # how long the link of an invitation works
ACCOUNT_ADAPTER = "workforce.sign_in.account.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "reauthenticate": "workforce.sign_in.forms.PasswordAgainForm",
    "change_password": "workforce.sign_in.forms.NewPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False  # the cookie goes when the browser is closed
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
MFA_ADAPTER = "workforce.sign_in.second_step.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "workforce.sign_in.second_step.CodeForm",
    "reauthenticate": "workforce.sign_in.second_step.CodeAgainForm",
    "activate_totp": "workforce.sign_in.second_step.SetUpForm",
}
MFA_TOTP_TOLERANCE = 3  # half minutes by which a phone's clock may be wrong

# The council's own directory, where OIDC_SERVER names it; for Entra ID
# https://login.microsoftonline.com/TENANT/v2.0. Accounts are found by a claim that never changes.

OIDC_SERVER = os.environ.get("OIDC_SERVER", "").rstrip("/")
OIDC_ORIGIN = [urlsplit(OIDC_SERVER)._replace(path="").geturl()] if OIDC_SERVER else []
SOCIALACCOUNT_ADAPTER = "workforce.sign_in.directory.DirectoryAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "directory",
                "name": os.environ.get("OIDC_NAME") or "your council account",
                "client_id": os.environ.get("OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("OIDC_CLIENT_SECRET", ""),
                "settings": {
                    "server_url": OIDC_SERVER,
                    "uid_field": os.environ.get("OIDC_CLAIM") or "oid",
                    "fetch_userinfo": False,
                },
            }
        ]
        if OIDC_SERVER
        else [],
    }
}

# Guessed passwords: ten for an account from one address, then a quarter of an hour's rest

AXES_HANDLER = "workforce.sign_in.attempts.Attempts"
AXES_CLIENT_IP_CALLABLE = "workforce.sign_in.attempts.address_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLE_ADMIN = False

# Sessions

# What a page says once may name a child: it waits on the server, and not in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 10 * 60 * 60  # a long working day
SESSION_IDLE_SECONDS = 15 * 60
SESSION_WARNING_SECONDS = 2 * 60
SESSION_ASK_SECONDS = 30  # how often an open page asks whether its session still lasts
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
    },
    # What one process can work out again, and the next may as well.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# The database: the one that DATABASE_URL names, or else the embedded one

EMBEDDED = None if os.environ.get("DATABASE_URL") else Cluster(VAR_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": (
        {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": str(EMBEDDED.socket_dir),
            "PORT": str(EMBEDDED.port),
            "NAME": EMBEDDED.name,
            "USER": EMBEDDED.name,
            "OPTIONS": {},
        }
        if EMBEDDED
        else dj_database_url.parse(os.environ["DATABASE_URL"])
    )
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)

# The task queue: the broker that CELERY_BROKER_URL names, or else queues in the same database

BROKER_IN_DATABASE = not os.environ.get("CELERY_BROKER_URL")
CELERY_BROKER_URL = "pgmq://localhost" if BROKER_IN_DATABASE else os.environ["CELERY_BROKER_URL"]
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 30 * 60}  # twice the longest task
if BROKER_IN_DATABASE:
    CELERY_BROKER_TRANSPORT_OPTIONS |= broker.options(DATABASES["default"])
elif CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"socket_connect_timeout": 0.45}
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A save does not wait for a broker that is down: with one more try, at most a second.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0}
CELERY_TASK_DEFAULT_QUEUE = "reckoner"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "config.celery:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "what the doorbell did not reach": {
        "task": "indicators.tasks.sweep",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "notices that were not mailed": {
        "task": "workforce.tasks.mail_notices",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "emergency accesses to review": {
        "task": "referrals.tasks.remind_reviewers",
        "schedule": 10 * 60.0,
        "options": {"expires": 10 * 60},
    },
    "what falls due, in the morning": {
        "task": "referrals.tasks.send_digests",
        "schedule": crontab(hour="7", minute="0", day_of_week="mon-fri"),
    },
    "the worker's heartbeat": {
        "task": "indicators.tasks.heartbeat",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "what was kept for a while only": {
        "task": "workforce.tasks.tidy",
        "schedule": crontab(hour="4", minute="0"),
    },
    "verify and recalculate everything": {
        "task": "indicators.tasks.overnight",
        "schedule": crontab(hour="2", minute="0"),
    },
}

# E-mail: through the server that EMAIL_HOST names, or else into files in VAR_DIR

# What links in e-mails begin with.
SITE_ADDRESS = os.environ.get("SITE_ADDRESS", "").rstrip("/") or (
    "http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT") or 587)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = is_on("EMAIL_USE_TLS", otherwise=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("EMAIL_FROM") or "reckoner@localhost"

# Files for browsers

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
FRONTEND_DIR = VAR_DIR / "frontend"
for folder in (STATIC_ROOT, FRONTEND_DIR):
    folder.mkdir(exist_ok=True)
STATICFILES_DIRS = [FRONTEND_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.frontend.StaticStorage"},
}
MEDIA_ROOT = VAR_DIR / "media"
WHITENOISE_USE_FINDERS = True

# What browsers are told to refuse

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *OIDC_ORIGIN],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SECURE_SSL_REDIRECT = is_on("SECURE_SSL_REDIRECT", otherwise=not LOCAL)
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
if not LOCAL:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
BEHIND_PROXY = is_on("BEHIND_PROXY", otherwise=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": []}},  # nor does Django mail what went wrong
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
