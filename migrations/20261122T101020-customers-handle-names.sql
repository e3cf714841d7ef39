-- owner: customers
-- The names under which a handle was seen, where it can be given to somebody else: so that whether it changed hands does not depend on the
-- order in which messages come. Each: name (folded), from (epoch ms), to (days since 1970).
alter table handle add column names jsonb not null default '[]';
