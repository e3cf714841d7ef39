import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef } from "react";
import type { ForMeItem } from "#contracts/together";
import { forMeQuery } from "../../shared/api/for-me-query.ts";
import { useLive } from "../../shared/live/use-live.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { useForMeWords } from "./use-for-me-words.ts";

type NewsProps = { open: (conversationId: string) => void; openList: () => void };

/** Says what has come up for me since the page was opened; shows nothing. */
export default function ForMeNews({ open, openList }: NewsProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const words = useForMeWords();
  const { data } = useQuery(forMeQuery);
  // What I follow moves by the events of others.
  useLive(["conversation", "message", "reply", "work"], ({ conversationId }) => {
    if (conversationId !== undefined && data?.followed.includes(conversationId))
      void client.invalidateQueries({ queryKey: forMeQuery.queryKey });
  });
  const known = useRef<ReadonlySet<string> | null>(null);
  const unread = data?.items.filter((one) => one.unread) ?? [];
  const ids = unread.map((one) => `${one.id}@${one.at}`).join(" ");
  const tell = useEffectEvent((before: ReadonlySet<string>) => {
    for (const one of unread) if (!before.has(`${one.id}@${one.at}`)) say(one);
  });
  function say(one: ForMeItem): void {
    // Seen by being there already.
    if (one.number !== "" && location.pathname.endsWith(`/desk/${one.conversationId}`)) return;
    const text = one.number === "" ? words(one) : `${words(one)}: ${one.customer}, ${one.number}`;
    announce(text, true);
    const run = one.number === "" ? openList : () => open(one.conversationId);
    toasts.add({ text, act: { label: t`Open`, run } });
  }
  const asked = data !== undefined;
  useEffect(() => {
    if (!asked) return;
    if (known.current) tell(known.current);
    known.current = new Set([...(known.current ?? []), ...ids.split(" ")]);
  }, [asked, ids]);
  return null;
}
