-- owner: desk
-- Files of a draft: their ids and the words that describe them, in order.
alter table draft add column files jsonb not null default '[]';
