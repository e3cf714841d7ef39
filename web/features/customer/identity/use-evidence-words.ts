import { useLingui } from "@lingui/react/macro";
import type { IdentityAct, WhyJoined } from "#contracts/identity";
import { useTimeWords } from "../../../shared/time/format.ts";

/** What joins handles, in words: who said it and when, and how sure that is. */
export function useEvidenceWords() {
  const { t } = useLingui();
  const words = useTimeWords();
  function why({ code, at, by }: WhyJoined): string {
    const day = words.date(at);
    const name = by?.name ?? t`An agent`;
    switch (code) {
      case "invite":
        return t`Verified by invitation on ${day}`;
      case "sign-in":
        return t`Verified by signing in on ${day}`;
      case "network":
        return t`Verified by the network on ${day}`;
      case "stated-handle":
        return t`Stated by the customer on ${day}`;
      case "stated-contact":
        return t`Address or number given by the customer on ${day}`;
      case "same-contact":
        return t`The same address or number on both`;
      case "consented":
        return t`Stated by the customer, who agreed to ${name} on ${day}`;
      case "accepted":
        return t`Suggested, and confirmed by ${name} on ${day}`;
      case "kept":
        return t`Left together by ${name} on ${day}`;
      default:
        return t`Decided by ${name} on ${day}`;
    }
  }
  function sure(rung: WhyJoined["rung"]): string {
    switch (rung) {
      case "verified":
      case "network":
        return t`certain`;
      case "stated":
        return t`very sure`;
      case "contact":
        return t`sure`;
      case "agent":
        return t`an agent’s judgement`;
      case "similar":
        return t`a likeness`;
    }
  }
  function act({ kind, by }: IdentityAct): string {
    const name = by?.name ?? t`Somebody`;
    switch (kind) {
      case "join":
        return t`${name} joined two customers`;
      case "part":
        return t`${name} parted a handle`;
      case "refuse":
        return t`${name} said that two are not the same`;
      case "mark":
        return t`${name} marked a handle as shared`;
    }
  }
  return { why, sure, act };
}
