import { useLingui } from "@lingui/react/macro";
import { useLists } from "../../shared/text/use-lists.ts";
import { networkSign } from "../../shared/ui/network-sign.ts";
import type { Fact } from "./facts.ts";
import { isolated, quoted } from "./plain.ts";

/** A notice of the system needs one line of what and one of about whom; with `hide` it names nobody and quotes nothing. */
export function useNoticeWords(): (facts: readonly Fact[], hide: boolean) => { title: string; body: string } {
  const { t } = useLingui();
  const { list } = useLists();
  const title = (fact: Fact): string => {
    switch (fact.what) {
      case "offer":
        return t`An offer waits for you`;
      case "due":
        return t`Due within 15 minutes`;
      case "answered":
        return t`A customer answered`;
      case "asked":
        return t`You are asked, severity ${fact.severity ?? 0}`;
      case "nobody-answers":
        return t`Nobody answers, severity ${fact.severity ?? 0}`;
      case "mention":
        return t`A colleague needs you`;
      case "to-pass":
        return t`A reply waits for your approval`;
      case "approved":
        return t`Your reply was approved`;
      case "returned":
        return t`Your reply was returned`;
    }
  };
  const where = (fact: Fact): string => {
    if (!("network" in fact)) return "";
    const network = networkSign(fact.network).name;
    return fact.audience === "public" ? t`${network}, public` : t`${network}, private`;
  };
  return (facts, hide) => {
    const [first, ...more] = facts;
    if (!first) return { title: "", body: "" };
    const lines = hide
      ? [where(first)]
      : [list([isolated(first.who), where(first)].filter(Boolean)), quoted(first.said)];
    if (more.length > 0) lines.push(t`and ${more.length} more`);
    return { title: title(first), body: lines.filter(Boolean).join("\n") };
  };
}
