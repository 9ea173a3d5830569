"""How many typed messages are understood."""
