"""What a test run prepares for itself: a folder of its own, and PostgreSQL in it.

It is a plugin and not a conftest because Django's settings, which read the environment, are
loaded before any conftest. The processes that share a run's tests inherit all of it.
"""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config.embedded import Cluster

PRODUCTION = (
    "SECRET_KEY",
    "DEBUG",
    "ALLOWED_HOSTS",
    "SECURE_SSL_REDIRECT",
    "BEHIND_PROXY",
    "OIDC_SERVER",
    "EMAIL_HOST",
    "SITE_ADDRESS",
)
IS_CONTROLLER = "PYTEST_XDIST_WORKER" not in os.environ

if IS_CONTROLLER:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="reckoner-tests-")
    os.environ["CELERY_BROKER_URL"] = "memory://"
    for name in PRODUCTION:
        os.environ.pop(name, None)

VAR_DIR = Path(os.environ["VAR_DIR"])
CLUSTER = Cluster(
    VAR_DIR,
    fsync="off",
    full_page_writes="off",
    max_connections="200",
    # A test that leaves a transaction open must not hold up the next one, which empties the tables.
    idle_in_transaction_session_timeout="1min",
    lock_timeout="3min",
)


def pytest_configure(config: pytest.Config) -> None:
    """Start the run's database; the folder is open to the account that PostgreSQL runs as."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if IS_CONTROLLER and settings.EMBEDDED is not None:
        VAR_DIR.chmod(0o711)
        CLUSTER.start()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported and collected stays to the end: it is not searched for garbage any more."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if IS_CONTROLLER:
        CLUSTER.stop()
        shutil.rmtree((VAR_DIR / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(VAR_DIR, ignore_errors=True)
