"""The real program in a real terminal: keys pressed, the screen read."""
