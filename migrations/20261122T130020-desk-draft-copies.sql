-- owner: desk
-- Who gets a copy of the reply that is being written; null: as the answered mail has it.
alter table draft add column copies text[];
