-- owner: company
-- Dates that are not as their weekday (holidays, half days), and the files that brought them. Rules of before keep their own list of holidays.
alter table calendar add column days jsonb not null default '[]';
alter table calendar add column sources jsonb not null default '[]';
