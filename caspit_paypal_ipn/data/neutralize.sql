-- A copy of a database must not ask the live PayPal, nor take its messages.
UPDATE res_company SET paypal_environment = 'sandbox';
