"""Reading the schools' own files. Pure: no database, no logging of names."""
