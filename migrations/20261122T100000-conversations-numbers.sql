-- owner: conversations
-- Numbers of matters (orders, tickets) that customers named, folded, each with the message: so that somebody else who names one is found.
create table said_number (
  account_id uuid not null,
  number text not null,
  message_id uuid not null,
  primary key (account_id, number, message_id)
);
call protect('said_number', 'select, insert, delete');
