"""Reading results from files. Pure: no database, no logging."""
