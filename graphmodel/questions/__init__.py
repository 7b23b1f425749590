"""Named questions to the contract graph, each with the French sentence it answers.

Each is written twice: in Cypher, for a Neo4j server, and in Python, for a snapshot. Tests hold both to
the same rows in the same order.
"""

# The modules register their questions when they are imported.
from graphmodel.questions import cooperation, follow_up, money, sources, territories
from graphmodel.questions.asking import Answered, ask
from graphmodel.questions.model import QUESTIONS, Column, Parameter, Question
from graphmodel.questions.parameters import find_question

__all__ = [
    "QUESTIONS",
    "Answered",
    "Column",
    "Parameter",
    "Question",
    "ask",
    "cooperation",
    "find_question",
    "follow_up",
    "money",
    "sources",
    "territories",
]
