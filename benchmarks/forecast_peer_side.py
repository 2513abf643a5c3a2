"""The peer's side of `forecast_peer`, run by a Python of its own, which has cs-demand-model.

Prints as JSON what its prediction starts from, its rates, what it predicts and how long that took.
A state is a band of age and a kind of placement, as text; outside care is "()".
"""

import datetime as dt
import json
import sys
import time

from cs_demand_model import DemandModellingDataContainer, ModelPredictor, PopulationStats
from cs_demand_model.config import Config
from cs_demand_model.datastore import fs_datastore


def main() -> None:
    """Predict its own sample so many days ahead, from the rates of its last half year."""
    days = int(sys.argv[1])
    config = Config()
    container = DemandModellingDataContainer(fs_datastore("sample://v1.zip"), config)
    stats = PopulationStats(container.enriched_view, config)
    end = container.end_date
    predictor = ModelPredictor.from_model(stats, end - dt.timedelta(days=182), end)
    begin = time.perf_counter()
    predicted = predictor.predict(days)
    seconds = time.perf_counter() - begin
    found = {
        "seconds": seconds,
        "population": {str(state): n for state, n in predictor.initial_population.items()},
        "rates": [[str(a), str(b), n] for (a, b), n in predictor.transition_rates.items()],
        "entries": {str(to): n for (_, to), n in predictor.transition_numbers.items()},
        "predicted": {str(state): list(predicted[state]) for state in predicted.columns},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
