"""Settings, typed, from the environment or from files (Docker secrets).

Every name is listed in README § Instellingen. Production (ZORGPAD_MODUS=productie, the default)
refuses to start on a missing or default secret.
"""

from pathlib import Path
from typing import Literal

import dj_database_url
import pghistory
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent


class Omgeving(BaseSettings):
    """What the environment may say. A field `x` is read from X, or from a file named x in /run/secrets."""

    model_config = SettingsConfigDict(
        secrets_dir="/run/secrets" if Path("/run/secrets").is_dir() else None, extra="ignore"
    )

    modus: Literal["productie", "demo", "test"] = Field("productie", validation_alias="ZORGPAD_MODUS")
    geheim: str = Field("", validation_alias="ZORGPAD_GEHEIM", description="Django's secret key, 50 characters or more")
    hosts: str = Field("localhost,127.0.0.1,[::1]", validation_alias="ZORGPAD_HOSTS")
    adres: str = Field(
        "http://localhost:8000", validation_alias="ZORGPAD_ADRES", description="Public address, used in mails"
    )
    var: Path = Field(
        BASE_DIR / "var",
        validation_alias="ZORGPAD_VAR",
        description="Folder for files, mails and static files",
    )
    database_url: str = Field("", validation_alias="DATABASE_URL", description="PostgreSQL as role app")
    database_url_eigenaar: str = Field(
        "", validation_alias="DATABASE_URL_EIGENAAR", description="PostgreSQL as role eigenaar"
    )
    rol: Literal["app", "eigenaar"] = Field("app", validation_alias="ZORGPAD_ROL")
    redis_url: str = Field("", validation_alias="REDIS_URL")
    mail_url: str = Field(
        "",
        validation_alias="ZORGPAD_MAIL_URL",
        description="smtp://user:password@host:587; empty: files in var/post",
    )
    mail_van: str = Field("Zorgpad <zorgpad@localhost>", validation_alias="ZORGPAD_MAIL_VAN")
    nu: str = Field("", validation_alias="ZORGPAD_NU", description="Reference date for test and demo mode")


try:
    OMGEVING = Omgeving()
except ValidationError as fout:
    raise ImproperlyConfigured(
        "; ".join(f"{'.'.join(map(str, f['loc']))}: {f['msg']}" for f in fout.errors())
    ) from None

MODUS = OMGEVING.modus
PRODUCTIE = MODUS == "productie"
if PRODUCTIE:
    if len(OMGEVING.geheim) < 50 or "onveilig" in OMGEVING.geheim:
        raise ImproperlyConfigured("ZORGPAD_GEHEIM ontbreekt of is te kort: zet een geheim van minstens 50 tekens.")
    if OMGEVING.nu:
        raise ImproperlyConfigured("ZORGPAD_NU werkt alleen met ZORGPAD_MODUS=demo of test.")
for _naam, _waarde in (("DATABASE_URL", OMGEVING.database_url), ("REDIS_URL", OMGEVING.redis_url)):
    if PRODUCTIE and not _waarde:
        raise ImproperlyConfigured(f"{_naam} ontbreekt.")

SECRET_KEY = OMGEVING.geheim or "onveilig-alleen-voor-test-en-demo-" + "x" * 30
DEBUG = False
ALLOWED_HOSTS = [h.strip() for h in OMGEVING.hosts.split(",") if h.strip()]
ADRES = OMGEVING.adres.rstrip("/")
CSRF_TRUSTED_ORIGINS = [ADRES]
VAR = OMGEVING.var
ZORGPAD_NU = OMGEVING.nu

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "guardian",
    "pgtrigger",
    "pghistory",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "zorg.kern",
    "zorg.logboek",
    "leerlingen",
    "lvs",
    "plannen",
    "besprekingen",
    "zorg.portaal",
    "zorg.agenda",
    "zorg.overzicht",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "zorg.kern.middleware.verzoeknummer",
    "zorg.kern.middleware.veilige_koppen",
    "zorg.kern.middleware.leesbaar_adres",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zorg.kern.middleware.schoolcontext_van_gebruiker",
    "zorg.kern.middleware.domeinfouten",
]

ROOT_URLCONF = "zorg.urls"
WSGI_APPLICATION = "zorg.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zorg.kern.context.raam",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "zorg.kern.templatetags.zorgpad",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"


def _database(url: str) -> dict[str, object]:
    """A connection that tests its health; no pool (it hands the old school to the next borrower)."""
    if not url:
        return {"ENGINE": "django.db.backends.postgresql", "NAME": "zorgpad"}
    return {
        **dj_database_url.parse(url, conn_max_age=300, conn_health_checks=True),
        "ENGINE": "django.db.backends.postgresql",
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


DATABASE_ROL = OMGEVING.rol
DATABASES = {
    "default": _database(OMGEVING.database_url_eigenaar if OMGEVING.rol == "eigenaar" else OMGEVING.database_url)
}
DATABASE_EIGENAAR = _database(OMGEVING.database_url_eigenaar)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = OMGEVING.redis_url
CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "zorgpad",
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTIE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTIE else None
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTIE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "zorg.kern.foutpaginas.csrf_fout"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
BESTAND_MAX = 10 * 1024 * 1024

AUTH_USER_MODEL = "kern.Gebruiker"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "zorg.kern.rechten.ObjectBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if MODUS == "test"
    else ["django.contrib.auth.hashers.ScryptPasswordHasher"]
)
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # our own backend answers for objects, and only ours
GUARDIAN_GET_INIT_ANONYMOUS_USER = None
LOGIN_URL = "/inloggen/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "zorg.kern.inloggen.Accountadapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_RESET_TIMEOUT = 7 * 24 * 60 * 60
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Zorgpad"

EMAIL_BACKEND = "zorg.kern.post.Postbus" if not OMGEVING.mail_url else "django.core.mail.backends.smtp.EmailBackend"
if OMGEVING.mail_url:
    from urllib.parse import unquote, urlsplit

    _mail = urlsplit(OMGEVING.mail_url)
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_SSL = _mail.scheme == "smtps"
    EMAIL_USE_TLS = _mail.scheme == "smtp" and bool(_mail.username)
    EMAIL_TIMEOUT = 20
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = OMGEVING.mail_van

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]  # a language joins when its catalogue is whole; Dutch sentences are the message ids
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "bestanden"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODUS == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = MODUS == "test"
WHITENOISE_AUTOREFRESH = MODUS == "test"

# Celery spells a broker on a Unix socket differently from redis-py.
CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://').partition('?')[0]}"
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
) or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = {
    "werk-oppakken": {
        "task": "zorg.kern.tasks.werk_oppakken",
        "schedule": 5.0 if MODUS != "productie" else 30.0,
    },
    "bewaartermijnen-voorstellen": {
        "task": "leerlingen.tasks.bewaartermijnen_voorstellen",
        "schedule": crontab(minute=20, hour=3, day_of_week=1),
    },
    "oudergesprekken-herinneren": {
        "task": "besprekingen.tasks.gesprekken_herinneren",
        "schedule": crontab(minute=40, hour=3, day_of_week=1),
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"verzoek": {"()": "zorg.kern.loggen.Verzoekfilter"}},
    "formatters": {"json": {"()": "zorg.kern.loggen.JsonOpmaak"}},
    "handlers": {"uit": {"class": "logging.StreamHandler", "filters": ["verzoek"], "formatter": "json"}},
    "root": {"handlers": ["uit"], "level": "INFO"},
    "loggers": {
        "django.db.backends": {"level": "INFO"},
        "django.request": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}


PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
