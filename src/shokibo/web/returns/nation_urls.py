"""Addresses of what all authorities submitted."""

from django.urls import path

from shokibo.web.returns import nation

urlpatterns = [path("", nation.nation, name="nation")]
