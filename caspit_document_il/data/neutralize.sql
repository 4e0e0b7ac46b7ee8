-- A copy of a database must not speak to the authority in the dealer's name.
UPDATE il_authority SET access_token = NULL, refresh_token = NULL, refresh_until = NULL,
                        permitted_at = NULL, environment = 'sandbox';
