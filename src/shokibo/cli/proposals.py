"""The command propose."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from shokibo.cli.options import (
    DEFAULT,
    ArgumentError,
    AuthorityCode,
    Common,
    LedgerArgument,
    OptionalFiscalYear,
    OptionalOutputFile,
    help_text,
    integer,
)
from shokibo.cli.printing import WRITTEN, print_json, progress, report_findings, say
from shokibo.cli.proposal_texts import comparison_of, pin_of
from shokibo.texts import Text

if TYPE_CHECKING:
    from shokibo.law.parameters import Law
    from shokibo.ledger.model import Ledger
    from shokibo.planning.proposal.answers import Proposal
    from shokibo.planning.proposal.levels import Progress
    from shokibo.planning.proposal.limits import Limits

_YEN = help_text("円", "YEN")
MOST_OPENINGS, MOST_PLACES, MOST_STAFF, MOST_OTHERS = 1_000, 10_000, 10_000, 20
MOST_YEN, LONGEST = 10**12, 86_400


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= LONGEST:
        raise ValueError(text)
    return seconds


@Parameter(name="*")
@dataclass(frozen=True)
class Asked:
    """What the proposal may do."""

    from_: Annotated[
        OptionalFiscalYear,
        Parameter(
            name="--from",
            help=help_text(
                "最初の年度。例:2022、R4。省けば基準日の次の年度",
                "First year: 2022, R4; default: after the baseline's",
            ),
        ),
    ] = None
    to: Annotated[
        OptionalFiscalYear,
        Parameter(
            name="--to",
            help=help_text(
                "最後の年度。例:2029、R11。省けば計画の終わり",
                "Last year: 2029, R11; default: the plan's",
            ),
        ),
    ] = None
    openings_per_year: Annotated[
        int,
        integer(
            0,
            MOST_OPENINGS,
            "1年に開くグループホームの上限",
            "Maximum group homes opened in a year",
        ),
    ] = 2
    budget: Annotated[
        int | None,
        integer(
            0,
            MOST_YEN,
            "自治体の負担の年ごとの上限",
            "Maximum net cost a year; default: no limit",
            _YEN,
        ),
    ] = None
    new_staff_per_year: Annotated[
        int | None,
        integer(
            0,
            MOST_STAFF,
            "必要な職員が1年に増える上限",
            "Maximum new staff a year; default: no limit",
        ),
    ] = None
    shortage: Annotated[
        Literal["forbid", "allow"],
        Parameter(
            help=help_text(
                "定員が必要量を下回ってよいか", "Whether there may be fewer places than needed"
            )
        ),
    ] = "allow"
    need: Annotated[
        str,
        Parameter(
            metavar="ledger|estimate|forecast[:PERCENTILE]",
            help=help_text(
                "必要量:台帳、推計、又は見通しの百分位(forecast:80。省けば50)",
                "The need: the ledger's, estimated, or a percentile of the forecast (else 50)",
            ),
        ),
    ] = "ledger"
    open_kind: Annotated[
        Literal["community_home", "branch_group_care"],
        Parameter(help=help_text("開くグループホームの種別", "Kind of the group homes opened")),
    ] = "community_home"
    keep_main: Annotated[
        int,
        integer(0, MOST_PLACES, "各施設の本体に残す定員", "Places kept in each main building"),
    ] = 0
    group_limit: Annotated[
        bool,
        Parameter(
            help=help_text(
                "長期目標年度末にグループホームを5人までとする",
                "No group home above 5 places in the goal year",
            )
        ),
    ] = True
    main_limit: Annotated[
        bool,
        Parameter(
            help=help_text(
                "長期目標年度末にユニットを6人までとする", "No main unit above 6 in the goal year"
            )
        ),
    ] = True
    keep_actions: Annotated[
        bool,
        Parameter(
            negative="",
            help=help_text(
                "台帳の取組を残し、加えるだけにする", "Keep the ledger's actions; only add"
            ),
        ),
    ] = False
    pin: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            help=help_text(
                "固定する取組。例:open:施設ID:R5:2x4、close:施設ID:R5:単位ID、"
                "change:施設ID:R5:単位ID:5。繰り返してよい",
                "An action that must stay: open:HOME:2023:2x4, close:HOME:2023:UNIT, "
                "change:HOME:2023:UNIT:5; may be repeated",
            ),
        ),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True)
class Beyond:
    """What is asked in addition to the one answer."""

    time_limit: Annotated[
        float,
        Parameter(
            converter=lambda _type, tokens: _seconds(tokens[0].value),
            metavar=help_text("秒", "SECONDS"),
            help=help_text(
                f"制限時間(0を超え{LONGEST:,}まで)", f"Seconds at the most (over 0, to {LONGEST:,})"
            ),
        ),
    ] = 60.0
    alternatives: Annotated[
        int,
        integer(
            0, MOST_OTHERS, "ほぼ同じよさの、違う案の数", "Other plans of nearly the same value"
        ),
    ] = 0
    gains: Annotated[
        bool,
        Parameter(
            negative="",
            help=help_text(
                "条件を一つ緩めると何がよくなるか", "What one more unit of each limit brings"
            ),
        ),
    ] = False
    compare: Annotated[
        list[str] | None,
        Parameter(
            negative="",
            help=help_text(
                "条件を変えた案と比べる。例:budget=20000000、openings-per-year=3。繰り返してよい",
                "Compare: budget=20000000 or openings-per-year=3; may be repeated",
            ),
        ),
    ] = None
    scenario: Annotated[
        list[Path] | None,
        Parameter(
            negative="",
            help=help_text(
                "見通しの場合分けのファイル。どの場合でも最初の年度に行う取組を示す。繰り返してよい",
                "Scenarios of the forecast: shows what is right in all of them; may be repeated",
            ),
        ),
    ] = None


def propose(
    ledger: LedgerArgument,
    /,
    *,
    asked: Asked = Asked(),
    beyond: Beyond = Beyond(),
    output: OptionalOutputFile = None,
    authority: AuthorityCode = None,
    common: Common = DEFAULT,
) -> None:
    """Choose the best actions over the years within the limits, with proof."""
    from shokibo.cli.ledgers import carrier_of, write_ledger
    from shokibo.cli.opening import one_authority, open_ledger
    from shokibo.cli.proposal_tables import print_proposal
    from shokibo.need.refusals import CannotForecastError
    from shokibo.need.scenario_files import ScenarioError
    from shokibo.planning.proposal.errors import CannotProposeError
    from shokibo.planning.proposal.proposing import adopted

    carrier = carrier_of(output, common.lang) if output else None
    opened, law = one_authority(*open_ledger(ledger, common), authority, common)
    limits = _limits(asked, common)
    try:
        found = _proposed(opened, law, limits, asked, beyond, common)
    except (CannotProposeError, CannotForecastError, ScenarioError) as error:
        raise ArgumentError(error.message(common.lang)) from error
    if output and carrier and found.status != "infeasible":
        changed = adopted(opened, found, keep_actions=limits.keep_actions)
        write_ledger(changed, output, carrier)
        say(WRITTEN, common.lang, path=output)
    if common.format == "json":
        print_json(found)
    else:
        print_proposal(found, common.lang)
    report_findings(opened, law, common.lang)


_SOLVING = Text("計画を探しています:{table}(Ctrl+Cで、今までの最もよい案)", "Solving: {table}")


def _proposed(
    ledger: "Ledger", law: "Law", limits: "Limits", asked: Asked, beyond: Beyond, common: Common
) -> "Proposal":
    """Propose, and add the comparisons asked for. Raises CannotProposeError."""
    from shokibo.cli.proposal_needs import drawn_need, needs_of, scenario_needs
    from shokibo.cli.proposal_tables import objective_in_words
    from shokibo.planning.proposal.comparing import Comparisons, add_comparisons
    from shokibo.planning.proposal.engine import Watch
    from shokibo.planning.proposal.proposing import propose as choose

    drawn = drawn_need(ledger, limits, asked.need, common)
    need = needs_of(ledger, law, asked.need, drawn, common)
    comparisons = Comparisons(
        [comparison_of(text, common.lang) for text in beyond.compare or []],
        drawn or {},
        scenario_needs(ledger, limits, beyond.scenario or [], common),
    )
    with progress(common.lang, _SOLVING) as show, interruptible() as stop:

        def tell(of: "Progress") -> None:
            show(objective_in_words(of.objective, of.value, common.lang))

        found = choose(
            ledger,
            law,
            limits,
            common.lang,
            need=need,
            alternatives=beyond.alternatives,
            gains=beyond.gains,
            time_limit=beyond.time_limit,
            progress=tell,
            stop=stop,
        )
        watch = Watch(time.monotonic() + beyond.time_limit, stop)
        return add_comparisons(found, ledger, law, limits, comparisons, watch, common.lang, need)


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Treat an interrupt (Ctrl+C) as a request to stop with the best so far; a second one exits."""
    wished = False

    def wish(*_: object) -> None:
        nonlocal wished
        wished = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, wish)
    try:
        yield lambda: wished
    finally:
        signal.signal(signal.SIGINT, before)


def _limits(asked: Asked, common: Common) -> "Limits":
    from shokibo.planning.proposal.limits import Limits

    return Limits(
        from_year=asked.from_,
        to_year=asked.to,
        openings_per_year=asked.openings_per_year,
        budget=asked.budget,
        new_staff_per_year=asked.new_staff_per_year,
        shortage=asked.shortage,
        open_kind=asked.open_kind,
        keep_main=asked.keep_main,
        group_limit=asked.group_limit,
        main_limit=asked.main_limit,
        keep_actions=asked.keep_actions,
        pins=tuple(pin_of(text, common.lang) for text in asked.pin or []),
    )
