import { i18n } from "@lingui/core";
import { plural, t } from "@lingui/core/macro";
import type { ChatState } from "../chat-state.ts";
import type { Status } from "../log.ts";

/** Sentences made of facts. */

const DAY_MS = 86_400_000;
const locales = () => [...((i18n.locales as string[] | undefined) ?? [i18n.locale])];

export function clockTime(at: number): string {
  return new Intl.DateTimeFormat(locales(), { hour: "numeric", minute: "2-digit" }).format(at);
}

export function dayName(at: number, now: number): string {
  const days = Math.round((midnight(now) - midnight(at)) / DAY_MS);
  if (days === 0 || days === 1) {
    const name = new Intl.RelativeTimeFormat(locales(), { numeric: "auto" }).format(-days, "day");
    return name.charAt(0).toLocaleUpperCase(locales()) + name.slice(1);
  }
  return new Intl.DateTimeFormat(locales(), { weekday: "long", day: "numeric", month: "long" }).format(at);
}

export function size(bytes: number): string {
  const isLarge = bytes >= 1_000_000;
  return new Intl.NumberFormat(locales(), {
    ...{ style: "unit", unit: isLarge ? "megabyte" : "kilobyte", unitDisplay: "short" },
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(Math.max(1, isLarge ? bytes / 100_000 : bytes / 1_000) / (isLarge ? 10 : 1));
}

export function unreadWords(count: number): string {
  return plural(count, { one: "Open the chat: # new message", other: "Open the chat: # new messages" });
}

/** Under the name of the company. */
export function standing({ config, place }: ChatState, now: number): string {
  if (place) return placeWords(place);
  if (!config) return "";
  if (config.hours.open) return t`We are here for you`;
  if (!config.hours.opensAt) return t`We are closed now`;
  const opens = Date.parse(config.hours.opensAt);
  const time = clockTime(opens);
  const days = Math.round((midnight(opens) - midnight(now)) / DAY_MS);
  if (days === 0) return t`Closed now, open again at ${time}`;
  const day = new Intl.DateTimeFormat(locales(), { weekday: "long" }).format(opens);
  return days < 7 ? t`Closed now, open again on ${day} at ${time}` : t`We are closed now`;
}

export function placeWords({ position, waitMs }: { position: number; waitMs: number | null }): string {
  const ahead = position - 1;
  const where =
    ahead === 0 ? t`You are next` : plural(ahead, { one: "# person before you", other: "# people before you" });
  if (waitMs === null) return where;
  const minutes = Math.max(1, Math.round(waitMs / 60_000));
  const wait = plural(minutes, { one: "about # minute", other: "about # minutes" });
  return `${where} · ${wait}`;
}

export function statusWords(status: Status, isOnline: boolean): string {
  switch (status) {
    case "sending":
      return isOnline ? t`Sending …` : t`Waits for the connection`;
    case "sent":
      return t`Sent`;
    case "delivered":
      return t`Delivered`;
    case "read":
      return t`Read`;
    case "refused":
      return t`Not sent`;
  }
}

/** Why a message was refused. */
export function refusalWords(code: string): string {
  switch (code) {
    case "too-large":
      return t`This message is too long.`;
    case "chat-file-unknown":
    case "chat-file-used":
      return t`The attached file has gone. Please attach it again.`;
    default:
      return t`This message was not taken.`;
  }
}

/** Why a file does not go along. */
export function fileFault(code: string, name: string, rules: { maxBytes: number; maxCount: number }): string {
  const most = size(rules.maxBytes);
  const { maxCount } = rules;
  switch (code) {
    case "too-large":
      return t`“${name}” is too large: a file may have ${most}.`;
    case "too-many-files":
      return plural(maxCount, { one: "Only # file fits one message.", other: "Only # files fit one message." });
    case "empty-file":
      return t`“${name}” is empty.`;
    case "unsupported-media-type":
    case "invalid-request":
      return t`“${name}” is of a kind that cannot be sent here.`;
    case "too-many-requests":
      return t`That was too fast. Please wait a moment and try again.`;
    case "offline":
    case "internal":
    case "not-ready":
    case "overloaded":
      return t`“${name}” did not get through.`;
    default:
      return t`“${name}” was not taken.`;
  }
}

/** Why a form was not taken. */
export function formFault({ status, code }: { status: number; code: string }): string {
  if (status === 400 || status === 422) return t`Please look at the address again: name@example.com`;
  if (code === "too-many-requests") return t`That was too fast. Please wait a moment and try again.`;
  return t`This did not get through. Please try again.`;
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
