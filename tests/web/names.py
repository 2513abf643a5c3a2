"""A `for` of templates that takes no unknown name for an empty list.

pytest-django fails a test whose page shows a name that no view gave. Django's loop asks for its
sequence as a condition does, and an unknown name there is nothing to repeat.
"""

from django.template import Context, Library
from django.template.base import FilterExpression, Parser, Token
from django.template.defaulttags import ForNode, do_for

register = Library()


class _Shown(FilterExpression):
    def resolve(self, context: Context, ignore_failures: bool = False) -> object:
        return super().resolve(context)


@register.tag("for")
def loop(parser: Parser, token: Token) -> ForNode:
    """Loop as Django does, over a name that is asked for as what is shown."""
    node = do_for(parser, token)
    node.sequence = _Shown(str(node.sequence), parser)
    return node
