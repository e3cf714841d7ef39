-- owner: people
-- Escalations are rights of their own. Who may assign work anywhere has all of them from the start, who takes work sees and acts on them.
insert into access_grant (account_id, id, subject_kind, subject_id, verb, scope_kind, scope_id)
select distinct on (g.account_id, g.subject_kind, g.subject_id, n.verb)
  g.account_id, md5(g.id::text || ' ' || n.verb)::uuid, g.subject_kind, g.subject_id, n.verb, 'account', null
from access_grant g
join (values ('work.take', 'escalation.read'), ('work.take', 'escalation.act'), ('settings.manage', 'escalation.read'), ('settings.manage', 'escalation.act'),
  ('settings.manage', 'escalation.manage'), ('settings.manage', 'crisis.lead')) as n(had, verb) on n.had = g.verb
where g.scope_kind = 'account';
