-- owner: conversations
-- Why a program put messages apart: the act or statement about who is who that no longer holds. Taking that back takes these back.
alter table join_act add column because_of uuid;
create index join_act_by_cause on join_act (account_id, because_of) where because_of is not null and undone_at is null;
