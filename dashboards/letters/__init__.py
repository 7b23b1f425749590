"""The letter that reminds an operator of what it owes: its words, as text and as a Word document."""

from dashboards.letters.docx import write_docx
from dashboards.letters.letter import Letter, Sender, letter_to, sender_of
from dashboards.letters.plain import plain_text

__all__ = ["Letter", "Sender", "letter_to", "plain_text", "sender_of", "write_docx"]
