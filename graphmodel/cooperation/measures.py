"""The measures of the network, each with its range, unit, reading and caveat in French.

The same words serve the dashboard, the exports and the documentation.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graphmodel.cooperation import centrality
from graphmodel.cooperation.centrality import Values
from graphmodel.cooperation.projection import Projection
from graphmodel.cooperation.structure import articulation_points, bridges, components, freeman


@dataclass(frozen=True, slots=True)
class NodeMeasure:
    """A measure of each operator.

    Attributes
    ----------
    id
        Stable English identifier.
    label, range, unit, reading, caveat
        French texts.
    function
        Computes it from a projection, in the order of the operators; NaN where it has no value.
    """

    id: str
    label: str
    range: str
    unit: str
    reading: str
    caveat: str
    function: Callable[[Projection], Values]

    def of(self, projection: Projection) -> dict[str, float | None]:
        """Return the measure by key of operator, None where it has no value."""
        values = self.function(projection)
        return {
            key: float(value) if np.isfinite(value) else None
            for key, value in zip(projection.operators, values, strict=True)
        }


@dataclass(frozen=True, slots=True)
class NetworkMeasure:
    """A measure of the whole network; the fields of `NodeMeasure`, None where it has no value."""

    id: str
    label: str
    range: str
    unit: str
    reading: str
    caveat: str
    function: Callable[[Projection], float | None]

    def of(self, projection: Projection) -> float | None:
        """Return the measure, None where it has no value."""
        return self.function(projection)


_MISSING = "Sensible aux bilans manquants : à lire avec le taux de retour."
_CLIQUES = "Gonflée par les cliques : une action à k opérateurs crée k(k − 1)/2 liens."

NODE_MEASURES: tuple[NodeMeasure, ...] = (
    NodeMeasure(
        "degree", "Nombre de partenaires", "0 à n − 1", "opérateurs",
        "Avec combien d’opérateurs il partage une action au moins.", _CLIQUES, centrality.degree,
    ),
    NodeMeasure(
        "strength", "Actions collectives", "0 et plus", "actions",
        "Nombre de ses actions menées à plusieurs (poids de Newman).",
        "N’apprend rien de plus que le nombre d’actions ; ne dit pas qui compte.", centrality.strength,
    ),
    NodeMeasure(
        "closeness", "Proximité", "0 à 1", "indice",
        "Proche de 1 : il joint tous les autres en peu d’étapes.",
        "Peu comparable d’un réseau morcelé à un autre.", centrality.closeness,
    ),
    NodeMeasure(
        "betweenness", "Intermédiation", "0 à 1", "proportion",
        "Part des plus courts chemins entre deux autres qui passent par lui.",
        f"Une position, non un pouvoir. {_MISSING}", centrality.betweenness,
    ),
    NodeMeasure(
        "eigenvector", "Centralité de vecteur propre", "0 à 1", "indice",
        "Élevée quand ses partenaires ont eux-mêmes beaucoup de partenaires.",
        "Ne parle que du plus grand morceau du réseau : 0 en dehors.", centrality.eigenvector,
    ),
    NodeMeasure(
        "constraint", "Contrainte de Burt", "0 et plus", "indice",
        "Faible : il joint des partenaires qui ne travaillent pas ensemble.",
        "Peut dépasser 1 pour qui a peu de partenaires ; sans valeur pour un isolé.", centrality.constraint,
    ),
    NodeMeasure(
        "effective_size", "Taille efficace", "1 à n − 1", "opérateurs",
        "Nombre de ses partenaires, moins leur redondance.",
        f"Sans valeur pour un isolé. {_CLIQUES}", centrality.effective_size,
    ),
    NodeMeasure(
        "core_number", "Cœur", "0 à n − 1", "liens",
        "Plus grand k tel qu’il appartienne à un groupe où chacun a k liens.",
        "Une seule grande action suffit à faire un cœur élevé.", centrality.core_number,
    ),
    NodeMeasure(
        "clustering", "Regroupement local", "0 à 1", "proportion",
        "Part de ses paires de partenaires qui travaillent elles-mêmes ensemble.", _CLIQUES,
        centrality.clustering,
    ),
)  # fmt: skip
"""Measures of operators, in the order of lists."""


def _mean_clustering(projection: Projection) -> float | None:
    return float(centrality.clustering(projection).mean()) if projection.n else None


NETWORK_MEASURES: tuple[NetworkMeasure, ...] = (
    NetworkMeasure(
        "links", "Liens", "0 et plus", "liens", "Paires d’opérateurs ayant une action commune.", _CLIQUES,
        lambda projection: float(projection.m),
    ),
    NetworkMeasure(
        "density", "Densité", "0 à 1", "proportion", "Part des paires possibles qui sont liées.",
        f"Ne pas lire sans ce que donne le hasard. {_CLIQUES}", lambda projection: projection.density,
    ),
    NetworkMeasure(
        "components", "Morceaux", "1 à n", "morceaux",
        "Nombre d’ensembles d’opérateurs qui ne se joignent pas ; un isolé en est un.", _MISSING,
        lambda projection: float(len(components(projection))),
    ),
    NetworkMeasure(
        "largest", "Taille du plus grand morceau", "0 à n", "opérateurs",
        "Nombre d’opérateurs qui se joignent dans le plus grand ensemble.", _MISSING,
        lambda projection: float(max((len(piece) for piece in components(projection)), default=0)),
    ),
    NetworkMeasure(
        "articulation_points", "Opérateurs-charnières", "0 à n", "opérateurs",
        "Opérateurs dont le départ couperait un morceau en deux.", _MISSING,
        lambda projection: float(len(articulation_points(projection))),
    ),
    NetworkMeasure(
        "bridges", "Liens-charnières", "0 à n − 1", "liens",
        "Liens dont la perte couperait un morceau en deux.", _MISSING,
        lambda projection: float(len(bridges(projection))),
    ),
    NetworkMeasure(
        "freeman", "Centralisation", "0 à 1", "indice",
        "À 1, tout tient à un seul opérateur ; à 0, tous ont autant de partenaires.",
        "Attendue quand un animateur est dans le réseau : à lire sans lui aussi.", freeman,
    ),
    NetworkMeasure(
        "clustering", "Regroupement moyen", "0 à 1", "proportion",
        "Moyenne du regroupement local des opérateurs.", _CLIQUES, _mean_clustering,
    ),
)  # fmt: skip
"""Measures of the whole network, in the order of lists."""
