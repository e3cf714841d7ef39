-- owner: channels
-- What processes have set aside of a month's money before they spend it: counted as spent until it is known better, so that a crash counts too much and never too little.
alter table channel_spending add column set_aside bigint not null default 0;
