import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useTimeWords } from "../../shared/time/format.ts";
import type { Ability, Act, Door, Hears, Leave } from "./abilities.ts";

const HOUR = 3_600_000;

/** What a channel can and cannot do, in whole sentences. */
export function useAbilityWords(): (ability: Ability) => string {
  const { t, i18n } = useLingui();
  const time = useTimeWords();
  const number = new Intl.NumberFormat(i18n.locale);
  const span = (ms: number) => {
    const hours = Math.round(ms / HOUR);
    if (hours > 72) return time.length(ms);
    return t`${plural(hours, { one: "# hour", other: "# hours" })}`;
  };
  const size = (bytes: number) => `${number.format(Math.round(bytes / 1_000_000))} MB`;

  function reply(a: Extract<Ability, { what: "reply" }>): string {
    const can: Record<Door, string> = {
      public: t`Answer where anyone can read it`,
      private: t`Answer in private`,
      "private-to-public": t`Answer a public post in private`,
    };
    const cannot: Record<Door, string> = {
      public: t`No answer where anyone can read it`,
      private: t`No answer in private`,
      "private-to-public": t`No private answer to a public post`,
    };
    const door = a.can ? can[a.door] : cannot[a.door];
    const after = a.expired === "template" ? t`, afterwards by a template only` : "";
    switch (a.rule) {
      case "always":
      case "never":
        return `${door}.`;
      case "since-last-inbound":
        return a.ms === null
          ? t`${door}, once the customer has written to us.`
          : t`${door}, for ${span(a.ms)} after the customer's last message${after}.`;
      case "once-per-item":
        return a.ms === null ? t`${door}, once for each post.` : t`${door}, once for each post and for ${span(a.ms)}.`;
      case "requires-opt-in":
        return t`${door}, if the customer has agreed to it.`;
      case "requires-recipient-consent":
        return t`${door}, if the customer's settings let us.`;
      case "summoned-only":
        return t`${door}, only where the customer has named us.`;
    }
  }

  function length(a: Extract<Ability, { what: "length" }>): string {
    const most = number.format(a.most);
    const where = a.audience === "public" ? t`In public` : t`In private`;
    if (a.unit === "sms-segments") return t`${where} up to ${most} SMS in one answer.`;
    if (a.unit === "utf8-bytes") return t`${where} up to ${most} bytes.`;
    return a.split
      ? t`${where} ${most} characters; more goes out as several parts.`
      : t`${where} ${most} characters, not more.`;
  }

  function attach(a: Extract<Ability, { what: "attach" }>): string {
    const where = a.audience === "public" ? t`in public` : t`in private`;
    if (!a.can) return t`No files ${where}.`;
    return t`${plural(a.count, { one: "# file", other: "# files" })} ${where}, up to ${size(a.bytes)} each.`;
  }

  function act(a: Extract<Ability, { what: "act" }>): string {
    const can: Record<Act, string> = {
      edit: t`Change what we posted`,
      delete: t`Delete what we posted`,
      hide: t`Hide replies under our posts`,
      like: t`Like a post`,
      "mark-read": t`Show that we have read it`,
      type: t`Show that we are writing`,
    };
    const cannot: Record<Act, string> = {
      edit: t`What we posted cannot be changed.`,
      delete: t`What we posted cannot be deleted.`,
      hide: t`Replies under our posts cannot be hidden.`,
      like: t`Posts cannot be liked.`,
      "mark-read": t`The customer does not see that we have read it.`,
      type: t`The customer does not see that we are writing.`,
    };
    if (!a.can) return cannot[a.act];
    return a.ms === null ? `${can[a.act]}.` : t`${can[a.act]}, for ${span(a.ms)}.`;
  }

  function hears(a: Extract<Ability, { what: "hears" }>): string {
    const can: Record<Hears, string> = {
      mentions: t`Hears posts that call our handle.`,
      keywords: t`Hears posts that speak of us without calling us.`,
      "own-threads": t`Hears everything in our own threads.`,
    };
    const cannot: Record<Hears, string> = {
      mentions: t`Does not hear posts that call our handle.`,
      keywords: t`Does not hear who speaks of us without calling us.`,
      "own-threads": t`Does not hear what is said in our own threads.`,
    };
    return a.can ? can[a.kind] : cannot[a.kind];
  }

  function leave(one: Leave): string {
    const words: Record<Leave, string> = {
      "public-https": t`Needs an address of this server that the network can reach by https.`,
      "app-review": t`Needs a review of the app by the network, often weeks.`,
      "partner-approval": t`Needs the network's approval as a partner.`,
      "paid-plan": t`Needs a paid plan with the network.`,
      "business-verification": t`Needs the network's check of the business.`,
    };
    return words[one];
  }

  return (a) => {
    switch (a.what) {
      case "reply":
        return reply(a);
      case "length":
        return length(a);
      case "attach":
        return attach(a);
      case "act":
        return act(a);
      case "hears":
        return hears(a);
      case "leave":
        return leave(a.leave);
      case "comes":
        return {
          pushed: t`Messages are pushed to us.`,
          fetched: t`We fetch messages, every minute or so.`,
          both: t`Messages are pushed to us, and we look whether one was missed.`,
        }[a.how];
      case "told-edits":
        if (!a.can) return t`Does not tell us when a customer changes a message.`;
        return a.late
          ? t`Changes by the customer show when we look again.`
          : t`Tells us when a customer changes a message.`;
      case "told-deletes":
        if (!a.can) return t`Does not tell us when a customer deletes a message.`;
        return a.late
          ? t`Deletions by the customer show when we look again.`
          : t`Tells us when a customer deletes a message.`;
      case "receipts":
        if (!a.can) return t`Does not tell whether the customer got our answer.`;
        return a.read ? t`Tells when the customer has read our answer.` : t`Tells when our answer has arrived.`;
      case "history":
        if (!a.can) return t`Does not give out its history.`;
        return a.ms === null
          ? t`Gives out its history for back-fill.`
          : t`Gives out its history of the last ${span(a.ms)} for back-fill.`;
      case "second-try":
        return a.can
          ? t`A second try never becomes a second post.`
          : t`The network cannot tell a second try from a second post; when it does not answer, we look before we send again.`;
    }
  };
}
