-- owner: people
-- Noting something of a customer is a right of its own. Who may see customers and write notes has it from the start.
insert into access_grant (account_id, id, subject_kind, subject_id, verb, scope_kind, scope_id)
select distinct on (g.account_id, g.subject_kind, g.subject_id, g.scope_kind, g.scope_id)
  g.account_id, md5(g.id::text || ' customer.write')::uuid, g.subject_kind, g.subject_id, 'customer.write', g.scope_kind, g.scope_id
from access_grant g
where g.verb = 'customer.read' and exists (select from access_grant n where n.account_id = g.account_id and n.subject_kind = g.subject_kind
  and n.subject_id = g.subject_id and n.verb = 'note.write' and n.scope_kind = g.scope_kind and n.scope_id is not distinct from g.scope_id);
