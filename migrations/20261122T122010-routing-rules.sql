-- owner: routing
-- When rings open (parts of the target), which teams help out from ring 1, 2 and 3 on, and who of equals goes first.
alter table queue add column ring_parts jsonb not null default '[0.3, 0.6, 0.9]';
alter table queue add column overflow jsonb not null default '[[], [], []]';
alter table queue add column choice text not null default 'least-loaded' check (choice in ('least-loaded', 'longest-idle'));

-- Who worked for the customer lately; who is never to have it; who is asked in beside the owner.
alter table work_item add column known_agents jsonb not null default '[]';
alter table work_item add column barred jsonb not null default '[]';
alter table work_item add column guests jsonb not null default '[]';
alter table work_item add column has_guests boolean not null default false;
-- What texts that say the same have in common, as a hash of their words; what the item waits behind (author:… or alike:…).
alter table work_item add column alike text;
alter table work_item add column behind text;
alter table work_item add column wrap_until timestamptz;
alter table work_item add column wrap_extended boolean not null default false;
-- The exclusive work that interrupts it.
alter table work_item add column held_for uuid;

create index work_item_of_customer on work_item (account_id, customer_id, opened_at desc);
create index work_item_alike on work_item (account_id, alike) where alike is not null and state not in ('done', 'withdrawn');
create index work_item_behind on work_item (account_id, behind, due_at, id) where behind is not null and state = 'queued';
create index work_item_with_guests on work_item (account_id) where has_guests;
