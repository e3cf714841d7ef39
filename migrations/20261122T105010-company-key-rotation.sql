-- owner: company
-- A rotation of the master key seals the account's keys anew.
grant update (wrapped) on account_key to hubbub_app;
