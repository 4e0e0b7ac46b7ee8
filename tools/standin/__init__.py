"""PayPal and a mail server, as far as an add-on can tell."""
