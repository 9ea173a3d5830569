"""Who is asked for prices."""
