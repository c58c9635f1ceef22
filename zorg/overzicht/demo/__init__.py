"""The demo school: synthetic people from a fixed seed, made through the services, marked as demo (ontwerp §8)."""
