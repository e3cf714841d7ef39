-- owner: channels
-- One trace id from the raw input to the answer (DESIGN D10); the delivery has its column already.
alter table message add column trace_id text;
