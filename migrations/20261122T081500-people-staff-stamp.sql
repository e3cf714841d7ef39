-- owner: people
-- Changes with every change of who is here and may do what. Whoever keeps agents, teams, skills and rights in memory asks for it first,
-- in the same transaction: what was read under the same stamp is what stands in the tables. A sequence gives it, so that the stamp of a
-- change that was rolled back never comes again.
create sequence staff_stamps;
grant usage on sequence staff_stamps to hubbub_app;

create table staff_stamp (
  account_id uuid primary key,
  stamp bigint not null
);
call protect('staff_stamp', 'select, insert, update');

create function staff_changed() returns trigger
  language plpgsql as $$
begin
  if app_account() is null then
    -- The owner acts outside of any account (a restore): it may have been every one.
    insert into staff_stamp (account_id, stamp) select account_id, nextval('staff_stamps') from (select distinct account_id from agent) a
    on conflict (account_id) do update set stamp = excluded.stamp;
  else
    insert into staff_stamp (account_id, stamp) values (app_account(), nextval('staff_stamps'))
    on conflict (account_id) do update set stamp = excluded.stamp;
  end if;
  return null;
end $$;

create trigger agent_changed after insert or update or delete on agent for each statement execute function staff_changed();
create trigger team_changed after insert or update or delete on team for each statement execute function staff_changed();
create trigger team_member_changed after insert or update or delete on team_member for each statement execute function staff_changed();
create trigger skill_changed after insert or update or delete on skill for each statement execute function staff_changed();
create trigger agent_skill_changed after insert or update or delete on agent_skill for each statement execute function staff_changed();
create trigger access_grant_changed after insert or update or delete on access_grant for each statement execute function staff_changed();

insert into staff_stamp (account_id, stamp) select account_id, nextval('staff_stamps') from (select distinct account_id from agent) a;
