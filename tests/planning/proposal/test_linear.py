"""A model in whole numbers."""

from hypothesis import given
from hypothesis import strategies as st

from shokibo.planning.proposal.linear import Linear, total

NUMBERS = st.integers(-50, 50)
VARIABLES = st.lists(st.tuples(st.integers(0, 9), NUMBERS), max_size=4)


@given(VARIABLES, NUMBERS, st.data())
def test_a_sum_is_between_its_bounds(
    variables: list[tuple[int, int]], constant: int, data: st.DataObject
) -> None:
    model = Linear()
    of = total([constant, *(model.variable(most) * times for most, times in variables)])
    values = [data.draw(st.integers(0, most)) for most, _ in variables]
    assert model.lowest(of) <= of.at(values) <= model.reach(of)
    least = [most if times < 0 else 0 for most, times in variables]
    assert of.at(least) == model.lowest(of)
