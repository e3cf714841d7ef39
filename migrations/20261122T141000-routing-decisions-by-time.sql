-- owner: routing
-- A past span is read by time: what is rehearsed, and what is exported for `backtest route`.
create index routing_decision_by_time on routing_decision (account_id, at, work_item_id);
