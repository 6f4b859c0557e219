"""The reader at the far end: over a real SSH connection, inside a real tmux."""
