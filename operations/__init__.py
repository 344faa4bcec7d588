"""What operators run and look at: the program's parts put together, its health, its time machine."""
