-- owner: desk
-- What was made easier of a queue is an act of supervision like the others: it can be taken back.
alter table supervision_act drop constraint supervision_act_kind_check;
alter table supervision_act add constraint supervision_act_kind_check check (kind in ('give', 'priority', 'loan', 'ease')) not valid;
alter table supervision_act validate constraint supervision_act_kind_check;
