-- owner: channels
-- What only a mail has: whom it went to, openly copied ones among them, and whether the sender's domain stands behind it.
alter table message add column mail jsonb;
