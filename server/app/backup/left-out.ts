import type { TableShape } from "#platform/copy/catalogue";

/** Tables that no backup holds, each with the reason. Everything else is in it, also what a later migration makes. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  schema_migration: "the manifest lists what ran",
  raw_inbox: "raw copies and quarantine never leave the installation (D8)",
  hook_replay: "speaks of raw inputs that are not in the backup; a push that comes again has to be taken",
  session: "whoever was signed in signs in again",
  sign_in_attempt: "short-lived, and of strangers",
  command_log: "results of commands are kept for a day only",
  staff_stamp: "only says that agents or rights changed, which loading them does too",
  monitor_stamp: "only says that monitors changed, which loading them does too",
  routing_step: "says which process leads; the first act makes it anew",
  routing_log: "what the last half minute touched, for processes that are gone",
  routing_news: "what no act of routing has looked at yet; whoever starts reads all of it",
  desk_act: "what can be taken back is kept for a day only",
  lease: "belongs to processes that are gone",
  rate_window: "counts what strangers asked in the last minutes",
};

export function kept(tables: readonly TableShape[], ofAccountOnly: boolean): TableShape[] {
  return tables.filter((t) => !Object.hasOwn(LEFT_OUT, t.name) && (t.ofAccount || !ofAccountOnly));
}
