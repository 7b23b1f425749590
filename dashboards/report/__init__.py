"""The report of the evaluation: one content, written as a Word document or as a tagged PDF."""
