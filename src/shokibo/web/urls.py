"""The addresses of the pages. `<code>` is the authority's 団体コード."""

from django.urls import include, path

from shokibo.web.pages import days
from shokibo.web.pages import views as pages
from shokibo.web.people import views as accounts
from shokibo.web.trail import views as audit

urlpatterns = [
    path("", accounts.start, name="start"),
    path("health/", pages.health, name="health"),
    path("days/words/", days.words, name="day_words"),
    path("days/calendar/", days.month_page, name="day_calendar"),
    path("language/", pages.choose_language, name="language"),
    path("account/", include("shokibo.web.people.own_urls")),
    path("help/", include("shokibo.web.help.urls")),
    path("people/", include("shokibo.web.people.urls")),
    path("nation/", include("shokibo.web.nation.urls")),
    path("open/", include("shokibo.web.opendata.public_urls")),
    path("api/v1/", include("shokibo.web.api.urls")),
    path("log/", audit.system, name="system_log"),
    path("<code:code>/", include("shokibo.web.today.urls")),
    path("<code:code>/register/", include("shokibo.web.homes.urls")),
    path("<code:code>/children/", include("shokibo.web.care.urls")),
    path("<code:code>/applications/", include("shokibo.web.certification.urls")),
    path("<code:code>/returns/", include("shokibo.web.returns.urls")),
    path("<code:code>/values/", include("shokibo.web.office.urls")),
    path("<code:code>/plan/", include("shokibo.web.planning.urls")),
    path("<code:code>/plan/", include("shokibo.web.needs.urls")),
    path("<code:code>/costs/", include("shokibo.web.planning.cost_urls")),
    path("<code:code>/exchange/", include("shokibo.web.exchange.urls")),
    path("<code:code>/support/", include("shokibo.web.support.urls")),
    path("<code:code>/open-data/", include("shokibo.web.opendata.urls")),
    path("<code:code>/log/", include("shokibo.web.trail.urls")),
]
handler400 = "shokibo.web.pages.views.bad_request"
handler403 = "shokibo.web.pages.views.forbidden"
handler404 = "shokibo.web.pages.views.not_found"
handler500 = "shokibo.web.pages.views.server_error"
