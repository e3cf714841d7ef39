-- owner: listening
-- What nearly the same public posts share, and a number that tells their authors apart and leads back to nobody: texts that are passed round are known by it.
-- Only recent ones are asked for, so what was understood before needs no filling in.
alter table understanding
  add column copy_key bigint,
  add column copy_by bigint;
create index understanding_copies on understanding (account_id, copy_key, at) where copy_key is not null;
