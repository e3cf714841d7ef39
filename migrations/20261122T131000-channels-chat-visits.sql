-- owner: channels
-- The pages of a visit, the newest first, before the present one (`page`); `visit_at`: when there was last told of one, null when none is kept.
alter table webchat_visitor add column visit jsonb not null default '[]';
alter table webchat_visitor add column visit_at timestamptz;
-- The signed-in visitor whom a nameless one turned out to be: what is answered to the one is said to the other.
alter table webchat_visitor add column became uuid;
create index webchat_visitor_visits on webchat_visitor (account_id, channel_id, visit_at) where visit_at is not null;
update webchat_visitor set visit_at = seen_at where page ->> 'url' <> '';

-- When a site's page last showed the chat.
create table webchat_site (
  account_id uuid not null,
  channel_id uuid not null,
  origin text not null,
  hello_at timestamptz not null,
  primary key (account_id, channel_id, origin)
);
call protect('webchat_site', 'select, insert, update');
