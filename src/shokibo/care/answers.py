"""What is answered of children's records whose period is over."""

from typing import Annotated

from shokibo.answers import Answer, about


class GoingChild(Answer, frozen=True):
    """Records of a child whose period is over."""

    title = "保存期間を過ぎた記録"
    authority_code: str
    child_code: str
    kinds: Annotated[list[str], about("記録の種類", "`child` is all of it")]
    ended_on: Annotated[str, about("養育が終わった日")]
    since: Annotated[str, about("削除できる日")]
    rows: Annotated[int, about("記録の数")]


class Retention(Answer, frozen=True):
    """What goes, or has gone."""

    title = "保存期間"
    deleted: bool
    children: list[GoingChild]
