"""From answers to verdicts: expectations, findings, the catalogue, the report. No HTTP, no pytest."""
