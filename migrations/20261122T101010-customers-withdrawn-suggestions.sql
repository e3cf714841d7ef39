-- owner: customers
-- A question whose reason was taken back (the merge that made it) is withdrawn: it is asked again when there is a reason again.
alter table identity_suggestion drop constraint identity_suggestion_state_check;
alter table identity_suggestion add constraint identity_suggestion_state_check
  check (state in ('open', 'accepted', 'refused', 'withdrawn')) not valid;
alter table identity_suggestion validate constraint identity_suggestion_state_check;
