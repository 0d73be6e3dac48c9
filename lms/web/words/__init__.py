"""Words of codes and states, marked for the catalogues."""
