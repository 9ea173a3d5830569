"""What strangers may do to the server, over real sockets."""
