"""How statements are written for either database, whatever their table: nothing here names one."""
