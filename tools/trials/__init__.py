"""The add-on at work: demo, replay, reconciling, pictures, and what came of it."""
