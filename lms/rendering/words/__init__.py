"""Words outside a request: catalogues, findings, languages, places."""
