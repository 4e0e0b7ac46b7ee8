"""What is given away: installations, neighbours, translations, README files."""
