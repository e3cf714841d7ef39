-- owner: customers
-- What a network has verified of a person: a site ('site'), an account elsewhere ('account'). Addresses of a site are found by their domain.
alter table identity_claim drop constraint identity_claim_kind_check;
alter table identity_claim add constraint identity_claim_kind_check
  check (kind in ('handle', 'contact', 'reference', 'site', 'account')) not valid;
alter table identity_claim validate constraint identity_claim_kind_check;
alter table handle add column mail_domain text generated always as (nullif(split_part(contact_key, '@', 2), '')) stored;
create index handle_by_mail_domain on handle (account_id, mail_domain) where mail_domain is not null;
