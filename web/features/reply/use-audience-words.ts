import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { ConversationView } from "#contracts/desk";
import { presentMoment, useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { networkSign } from "../../shared/ui/network-sign.ts";
import type { Composer as ComposerState } from "./use-composer.ts";

/** What tab, band, field and button say of each audience: always who will read it. `others`: how many get a copy. */
export function useAudienceWords(view: ConversationView, composer: ComposerState, others = 0) {
  const { t } = useLingui();
  const time = useTimeWords();
  useNow("minute");
  const name = (audience: "public" | "private") => {
    const of = composer.audience === audience ? composer.target?.author : null;
    return of?.name || of?.handle || view.composer[audience].door?.to || view.customer.name;
  };
  const network = (audience: "public" | "private") =>
    networkSign(view.composer[audience].door?.mark.network ?? "").name;
  const reader = name("private");
  const writer = name("public");
  const until = view.composer.private.door?.windowUntil;
  const left = until ? time.length(Math.max(0, Date.parse(until) - presentMoment())) : null;
  const asks = (audience: "public" | "private") => view.composer[audience].door?.approval !== undefined;
  const first = t`somebody has to pass it first`;
  const onPublic = network("public");
  const onPrivate = network("private");
  return {
    public: {
      tab: t`Public reply`,
      more: "",
      band: t`Anyone can read this.`,
      shut: t`No public answer now.`,
      rest: t`On ${onPublic}, under ${writer}’s post.`,
      field: t`Public reply on ${onPublic}`,
      send: asks("public") ? t`Ask for approval` : t`Publish`,
      sendTo: asks("public") ? first : t`anyone can read it`,
    },
    private: {
      tab: t`Private`,
      more: view.composer.private.door ? (left ? t`${onPrivate}, ${left} left` : onPrivate) : "",
      band:
        others === 0
          ? t`Only ${reader} reads this.`
          : t`${reader} and ${plural(others, { one: "# other", other: "# others" })} read this.`,
      shut: t`No private answer now.`,
      rest: t`By ${onPrivate}`,
      field: t`Private reply to ${reader}`,
      send: asks("private")
        ? t`Ask for approval`
        : others === 0
          ? t`Send to ${reader}`
          : t`Send to ${others + 1} people`,
      sendTo: asks("private") ? first : others === 0 ? t`only they read it` : t`each of them reads it`,
    },
    note: {
      tab: t`Note`,
      more: "",
      band: t`Only the team reads this.`,
      shut: "",
      rest: "",
      field: t`Note, only the team reads it`,
      send: t`Add note`,
      sendTo: t`only the team reads it`,
    },
  };
}
