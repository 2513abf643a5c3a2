"""Children with records of all authorities, in numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from shokibo.web.accounts.access import Access
from shokibo.web.accounts.page import instance_page
from shokibo.web.accounts.permissions import Permission
from shokibo.web.care.models import Child
from shokibo.web.care.views.counts import LOOKED_AT, counts_context
from shokibo.web.nation.tabs import tabs
from shokibo.web.register.models import Authority


@instance_page(Permission.CHILD_COUNT_NATION, ("GET", "HEAD"))
def children(request: HttpRequest, access: Access) -> HttpResponse:
    """Show how many children have records, of all authorities together."""
    counted = list(Authority.objects.filter(pk__in=Child.objects.values("authority")))
    for authority in counted:
        access.over(authority).looked(LOOKED_AT, 0)
    context = {"tabs": tabs("nation_children"), **counts_context(counted)}
    return render(request, "nation/children.html", context)
