"""The pure rules of the partnership: values in, decisions out, a file for each kind of decision."""
