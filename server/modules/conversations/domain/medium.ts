import { DAY, HOUR, type Millis } from "#platform/clock";

/** The kinds of exchange that have their own pace: they set reopen windows, weights and clocks. */
export type Medium = "public" | "dm" | "email" | "chat" | "phone";

/** The medium of a message. Reviews, posts and comments are public whatever their network; a private one is told by its kind. */
export function mediumOf(of: { network: string; kind: string; visibility: string }): Medium {
  if (of.kind === "voicemail" || of.kind === "call" || of.network === "voice" || of.network === "phone") return "phone";
  if (of.kind === "email" || of.network === "email") return "email";
  if (of.kind === "chat" || of.network === "webchat" || of.network === "chat") return "chat";
  return audienceOf(of.visibility) === "private" ? "dm" : "public";
}

/** Who could read it: followers-only posts are counted as public, because answers to them are. */
export function audienceOf(visibility: string): "public" | "private" {
  return visibility === "private" || visibility === "internal" ? "private" : "public";
}

/** A thread that is one line with one customer for ever (DM, chat, texts), unlike a reply tree or a mail thread. */
export function isLinear(medium: Medium): boolean {
  return medium === "dm" || medium === "chat" || medium === "phone";
}

/** How long after "done" a customer's return counts as the same work coming back (operations reference §3.1). */
export type ReopenWindows = Readonly<Record<Medium, Millis>>;
export const REOPEN_WINDOWS: ReopenWindows = {
  public: 7 * DAY,
  dm: 30 * DAY,
  email: 14 * DAY,
  chat: 72 * HOUR,
  phone: 72 * HOUR,
};
