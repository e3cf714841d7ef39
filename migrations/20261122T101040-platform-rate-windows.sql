-- owner: platform
-- How often strangers did something in a window of time, over all processes. `bucket`: a digest of what and who; no account is known yet.
create unlogged table rate_window (
  bucket text not null,
  ends_at timestamptz not null,
  n integer not null,
  primary key (bucket, ends_at)
);
create index rate_window_by_end on rate_window (ends_at);
grant select, insert, update, delete on rate_window to hubbub_system;
