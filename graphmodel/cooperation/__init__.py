"""Who cooperates with whom: the two-mode network, its projections, measures, null models and change."""
