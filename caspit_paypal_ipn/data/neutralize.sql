-- A copy of a database must not ask the live PayPal, nor take its messages.
-- An account that another company has in the sandbox already can be there only once.
UPDATE res_company live
   SET paypal_merchant_id = NULL
  FROM res_company sandbox
 WHERE live.paypal_environment = 'live'
   AND sandbox.paypal_environment = 'sandbox'
   AND upper(btrim(live.paypal_merchant_id)) = upper(btrim(sandbox.paypal_merchant_id));
UPDATE res_company SET paypal_environment = 'sandbox', paypal_sandbox_to_buyer = false;
-- Nor send anything on to the live shop.
UPDATE res_company SET paypal_forward_to = NULL;
DELETE FROM paypal_ipn_forward WHERE state = 'waiting';
