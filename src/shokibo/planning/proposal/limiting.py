"""The limits as rows of the model."""

from shokibo.planning.proposal.batches import Batch
from shokibo.planning.proposal.demands import Demands
from shokibo.planning.proposal.limits import LimitName
from shokibo.planning.proposal.linear import Sum, total
from shokibo.planning.proposal.model import ProposalModel, in_units
from shokibo.planning.proposal.situation import Situation


def limited_model(situation: Situation, demands: Demands, *, every: bool = False) -> ProposalModel:
    """Make the model of a situation, with a row for each limit in force."""
    model = ProposalModel(situation, demands, every)
    _pin_openings(model)
    _allot(model)
    _limit_openings(model)
    _limit_shortage(model)
    _limit_goal(model)
    _limit_costs(model)
    _limit_staff(model)
    for home, most in model.kept_main.items():
        _keep_main(model, home, min(most, situation.main_before[home]))
    for home, above in model.settled.items():
        _house(model, home, situation.residents[home] - above)
    return model


def _pin_openings(model: ProposalModel) -> None:
    for (size, year), count in model.openings.items():
        pinned = sum(
            pin.count
            for pin in model.demands.pinned
            if pin.action == "open" and (pin.capacity, pin.fiscal_year) == (size, year)
        )
        if pinned:
            model.linear.bound(count, least=pinned)


def _allot(model: ProposalModel) -> None:
    """Allot openings to the homes that children live in."""
    homes = {home for _, home, _ in model.allotted}
    since = model.situation.before
    for until in model.acting:
        for size in model.sizes:
            within = [
                pin
                for pin in model.demands.pinned
                if pin.action == "open"
                and pin.capacity == size
                and since < pin.fiscal_year <= until
            ]
            elsewhere = sum(pin.count for pin in within if pin.home_id not in homes)
            opened = total(model.openings[size, year] for year in range(since + 1, until + 1))
            allotted = [model.allotted[size, home, until] for home in homes]
            if homes:
                model.linear.bound(opened - total(allotted), least=elsewhere)
            for home in homes:
                own = sum(pin.count for pin in within if pin.home_id == home)
                if own:
                    model.linear.bound(model.allotted[size, home, until], least=own)
        since = until


def _limit_openings(model: ProposalModel) -> None:
    for year in model.situation.years:
        number = model.demands.number("openings_per_year", year)
        if number is not None:
            model.linear.bound(model.opened(year) + model.situation.opened[year], most=number)


def _limit_shortage(model: ProposalModel) -> None:
    for year, short in model.short.items():
        model.linear.bound(short + model.places(year), least=model.situation.need[year])
        number = model.demands.number("shortage", year)
        if number is not None:
            model.linear.bound(short, most=number)


def _limit_goal(model: ProposalModel) -> None:
    """Allow no unit above the maximum sizes in the goal year."""
    year = model.situation.goal_year
    if year is None:
        return
    limits: tuple[tuple[LimitName, bool], ...] = (("group_limit", False), ("main_limit", True))
    for limit, is_main in limits:
        most = model.demands.number(limit, year)
        if most is None:
            continue
        above = sum(
            one.count
            for one in model.situation.kept[year]
            if (one.kind == "main_unit") == is_main and one.capacity > most
        )
        model.linear.bound(Sum({}, above), most=0)
        for batch in model.batches:
            if batch.is_main == is_main and batch.capacity > most:
                _shrink(model, batch, year, most)


def _shrink(model: ProposalModel, batch: Batch, year: int, most: int) -> None:
    model.linear.bound(batch.acted(year), least=len(batch.units))
    if batch.is_main:
        for (_, since), count in batch.changed.items():
            model.linear.bound(batch.lost[since] - count * (batch.capacity - most), least=0)
        return
    for size, count in batch.sizes(year).items():
        if size > most:
            model.linear.bound(count, most=0)


def _limit_costs(model: ProposalModel) -> None:
    for year in model.situation.years:
        number = model.demands.number("budget", year)
        if number is not None:
            net = in_units(model.net(year), model.linear)
            model.linear.bound(net.sum, most=(number - net.constant) // net.unit)


def _limit_staff(model: ProposalModel) -> None:
    if "new_staff_per_year" not in model.demands.numbers:
        return
    staff = model.staff(model.situation.before)
    for year in model.situation.years:
        before, staff = staff, model.staff(year)
        number = model.demands.number("new_staff_per_year", year)
        if number is not None:
            model.linear.bound(staff - before, most=number)


def _keep_main(model: ProposalModel, home: str, places: int) -> None:
    for year in model.acting:
        of_home = (
            batch.places(year) for batch in model.batches if batch.home_id == home and batch.is_main
        )
        kept = model.situation.kept_places(year, home, main=True)
        model.linear.bound(total(of_home), least=places - kept)


def _house(model: ProposalModel, home: str, children: int) -> None:
    for year in model.acting:
        own = (batch.places(year) for batch in model.batches if batch.home_id == home)
        opened = (
            count * size
            for (size, of, since), count in model.allotted.items()
            if of == home and since <= year
        )
        kept = model.situation.kept_places(year, home)
        model.linear.bound(total([*own, *opened]), least=children - kept)
