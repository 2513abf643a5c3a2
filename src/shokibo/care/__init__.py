"""A child guidance center's records of a child: kinds of records, their days, who may see them."""
