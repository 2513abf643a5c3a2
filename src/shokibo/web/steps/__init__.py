"""Steps that take a row from one state to the next: data, and the one way to take them."""
