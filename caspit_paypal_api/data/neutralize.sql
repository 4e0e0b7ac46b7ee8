-- A copy of a database must not read the live account, and knows no secret.
UPDATE paypal_api_connection
   SET secret = NULL, client_id = NULL, state = 'new', trouble = NULL,
       trouble_values = NULL, webhook_id = NULL, webhook_state = 'off',
       webhook_trouble = NULL, webhook_trouble_values = NULL;
