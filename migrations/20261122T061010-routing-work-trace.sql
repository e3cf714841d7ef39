-- owner: routing
-- Offers and acceptances belong to the trace of the message that opened the work, whoever acts.
alter table work_item add column trace_id text;
