"""Send the day's reminders of deadlines; run once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from shokibo.web.certification.reminders import remind
from shokibo.web.look.clock import today


class Command(BaseCommand):
    """The command remind."""

    help = "期限のお知らせを送る(毎日1回、cronなどで動かす)"

    def handle(self, *args: Any, **options: Any) -> None:
        """Send, and say how many."""
        sent = remind(today())
        self.stdout.write(f"お知らせを{sent}通送りました。")
