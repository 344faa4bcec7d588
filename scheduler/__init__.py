"""What happens by itself: a metronome, a sweep of what is due, and delivery."""
