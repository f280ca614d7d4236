"""From answers to verdicts: expectations, findings, catalogue, report. No HTTP, no pytest."""
