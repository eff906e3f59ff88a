"""Django settings, from one typed reader of the environment (config/environment.py)."""

from datetime import timedelta
from pathlib import Path

from onevisit.config import languages
from onevisit.config.environment import Environment

env = Environment.read()
HERE = Path(__file__).resolve().parent

SECRET_KEY = env.secret_key
DEBUG = env.debug
ALLOWED_HOSTS = list(env.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(env.trusted_origins)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "onevisit.ui",
    "onevisit.people",
    "onevisit.catalogue",
    "onevisit.exchange",
    "onevisit.licences",
    "onevisit.halls",
    "onevisit.notices",
    "onevisit.payments",
    "onevisit.machines",
    "onevisit.hooks",
    "onevisit.cases",
    "onevisit.insight",
    "onevisit.portal",
    "onevisit.desk",
    "onevisit.office",
    "onevisit.reform",
    "onevisit.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "onevisit.config.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "onevisit.people.middleware.ActorMiddleware",
    "onevisit.config.middleware.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "onevisit.config.middleware.TextMiddleware",
    "onevisit.config.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "onevisit.config.urls"
WSGI_APPLICATION = "onevisit.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

DATABASES = {"default": env.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody can lock out another from elsewhere
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says when; trying again does not move it
AXES_LOCKOUT_CALLABLE = "onevisit.people.views.locked_out"
AXES_SENSITIVE_PARAMETERS = ["carried", "csrfmiddlewaretoken"]  # what was typed is not for the log of attempts
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# Of each process its own: counts how often an address has files checked (portal/often.py)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}

# Sessions: a signed cookie; who is signed in ends earlier (people/session.py)
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = env.https
CSRF_COOKIE_SECURE = env.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "onevisit.people.views.csrf_failed"

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if env.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.https else None
X_FRAME_OPTIONS = "SAMEORIGIN"  # the officer's page frames the applicant's documents
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = languages.found()
LOCALE_PATHS = [languages.compiled(env.var / "locale")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = env.https
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = env.var / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # without files
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024  # an upload of 10 MB stays in memory: no temporary copy on disk

# Of our own
PROXIES = list(env.proxies)  # whose word on a visitor's address is taken (config/wsgi.py)
REGISTER_URL = env.register_url  # the registers of the exchange; "" = none, every look-up then says "down"
PAYMENT_URL = env.payment_url  # the payment provider; "" = none: everybody pays at the window
PAYMENT_PAGE = env.payment_page  # where its pages are: our form may lead there
PAYMENT_SECRET = env.payment_secret
SUBSCRIPTIONS = "onevisit.config.subscriptions.SUBSCRIPTIONS"  # who listens to the rooms' events
PUBLIC_URL = env.public_url  # what QR codes and notices point to
REGION = env.region  # the county whose catalogue this installation serves
VAR = env.var  # keys, checkpoints, collected files
SEAL_FOLDER = env.var / "ca"  # the demonstration authority that seals documents
CONTENT = env.content
API_RATE = env.api_rate
HOOKS_LOCAL = env.demo  # a demonstration may send webhooks to this machine, without TLS
DEMO = env.demo  # whether `onevisit prepare` makes the demonstration accounts

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}, "pyhanko": {"level": "CRITICAL"}},
}
