-- owner: people
-- Monitors are rights of their own. Who writes a policy manages them from the start, who sees work or figures sees them.
insert into access_grant (account_id, id, subject_kind, subject_id, verb, scope_kind, scope_id)
select distinct on (g.account_id, g.subject_kind, g.subject_id, n.verb, g.scope_kind, g.scope_id)
  g.account_id, md5(g.id::text || ' ' || n.verb)::uuid, g.subject_kind, g.subject_id, n.verb, g.scope_kind, g.scope_id
from access_grant g
join (values ('policy.manage', 'monitor.manage'), ('policy.manage', 'monitor.read'), ('work.read', 'monitor.read'), ('insights.read', 'monitor.read')) as n(had, verb) on n.had = g.verb
where g.scope_kind in ('account', 'brand');
