"""The authority's support as work: housing, trainings, records of support, hiring, community."""
