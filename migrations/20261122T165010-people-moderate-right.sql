-- owner: people
-- Hiding, deleting, blocking and reporting is a right of its own: it changes what the public sees. Who may assign work anywhere has it from the start.
insert into access_grant (account_id, id, subject_kind, subject_id, verb, scope_kind, scope_id)
select distinct on (g.account_id, g.subject_kind, g.subject_id, g.scope_kind, g.scope_id)
  g.account_id, md5(g.id::text || ' message.moderate')::uuid, g.subject_kind, g.subject_id, 'message.moderate', g.scope_kind, g.scope_id
from access_grant g
where g.verb = 'work.assign' and g.scope_kind = 'account';
