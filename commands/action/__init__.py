"""Actions, and what is common to all items of a log: adding, seeing, reporting on and deciding about them."""
