"""What a child guidance center records of a child: kinds of records, their days, who sees them."""
