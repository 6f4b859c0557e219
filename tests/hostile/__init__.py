"""What a post, a file or a name may try to do to the terminal, the program and the machine."""
