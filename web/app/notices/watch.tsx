import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { ApprovalList } from "#contracts/approval";
import { alertsQuery } from "../../features/escalation/escalation-query.ts";
import { offersQuery, workQuery } from "../../features/queue/work-query.ts";
import { chime } from "../../features/settings/chime.ts";
import { rings, usualNotices, waysOf } from "../../features/settings/rings.ts";
import { api } from "../../shared/api/api.ts";
import { forMeQuery } from "../../shared/api/for-me-query.ts";
import { presenceQuery } from "../../shared/api/presence-query.ts";
import { useLive } from "../../shared/live/use-live.ts";
import { onPreferencesElsewhere } from "../../shared/session/preferences.ts";
import { sessionQuery, useMay, useSession } from "../../shared/session/session.ts";
import { presentMoment, useNow } from "../../shared/time/clock.ts";
import { createMemory, factsOf, type Sources, weightiest } from "./facts.ts";
import { type OneTab, oneTab } from "./one-tab.ts";
import { mayNotify, showNotice } from "./show.ts";
import { useNoticeWords } from "./use-notice-words.ts";

/** Rings for what matters to this agent, in one tab of the browser; nothing of it is seen. */
export default function Watch({ open }: { open: (url: string) => void }) {
  const session = useSession();
  const client = useQueryClient();
  const me = session.agent.id;
  const notices = session.preferences?.notices ?? usualNotices;
  const reads = useMay("conversation.read");
  const takes = useMay("work.take");
  const words = useNoticeWords();
  const now = useNow("minute");
  // The own list is asked for here only where something in it could ring; on the desk it is there anyway.
  const minds = (["due", "answered"] as const).some((kind) => {
    const ways = waysOf(notices, kind);
    return ways.sound || (ways.desktop && mayNotify());
  });
  const sources: Sources = {
    offers: useQuery({ ...offersQuery, enabled: takes }).data,
    mine: useInfiniteQuery({ ...workQuery("mine"), enabled: takes && minds }).data?.pages.flatMap((page) => page.items),
    alerts: useQuery(alertsQuery).data,
    forMe: useQuery({ ...forMeQuery, enabled: reads }).data?.items,
    toPass: useQuery({
      queryKey: ["approvals", "open"],
      queryFn: ({ signal }) => api.get<ApprovalList>("/api/desk/approvals", { view: "open" }, signal),
      enabled: useMay("reply.approve"),
    }).data?.items,
    decided: useDecided(reads),
  };
  const presence = useQuery({ ...presenceQuery, enabled: takes }).data?.agents.find((one) => one.agentId === me)?.state;
  const memory = useRef<ReturnType<typeof createMemory> | null>(null);
  const tab = useRef<OneTab | null>(null);
  const told = useRef<BroadcastChannel | null>(null);
  /** Shows whoever looks for a fault what is listened to here, and whether this tab speaks. */
  const box = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    memory.current = createMemory();
    const seat = oneTab(`hubbub.notices.${me}`, navigator.locks, (leads) => {
      if (box.current) box.current.dataset.leads = leads ? "yes" : "no";
    });
    const others = new BroadcastChannel(`hubbub.notices.${me}`);
    tab.current = seat;
    told.current = others;
    others.onmessage = (event: MessageEvent<string[]>) => memory.current?.know(event.data);
    const seen = () => document.visibilityState === "visible" && document.hasFocus() && seat.take();
    seen();
    document.addEventListener("visibilitychange", seen);
    addEventListener("focus", seen);
    const forget = onPreferencesElsewhere(() => void client.invalidateQueries({ queryKey: sessionQuery.queryKey }));
    return () => {
      document.removeEventListener("visibilitychange", seen);
      removeEventListener("focus", seen);
      forget();
      seat.stop();
      others.close();
    };
  }, [client, me]);

  const look = useEffectEvent(() => {
    const facts = factsOf(sources, me, presentMoment());
    if (box.current) box.current.dataset.hears = [...facts.keys()].join(" ");
    const news = memory.current?.look(facts, sources.mine) ?? [];
    if (news.length === 0) return;
    const here = {
      ...{ now: presentMoment(), presence: presence ?? null, hidden: document.hidden },
      ...{ leads: tab.current?.leads() ?? true, allowed: mayNotify() },
    };
    const ringing = news.map((fact) => ({ fact, ...rings(fact, notices, here) }));
    const heard = weightiest(ringing.filter((one) => one.sound).map((one) => one.fact));
    const shown = ringing.filter((one) => one.desktop).map((one) => one.fact);
    const first = weightiest(shown);
    if (!heard && !first) return;
    told.current?.postMessage(news.map((fact) => fact.key));
    if (heard) chime(heard.kind, notices.volume);
    if (!first) return;
    const said = words([first, ...shown.filter((fact) => fact !== first)], notices.hideWords);
    // A page's own push message has the same tag, so that one takes the other's place; what comes anew of anything else is told anew.
    const page = first.kind === "page";
    const tag = page ? first.key.slice(first.key.indexOf(":") + 1) : first.key;
    const ring = { silent: heard !== undefined, renotify: !page };
    void showNotice({ ...said, ...ring, tag, url: first.url }, open).catch(() => undefined);
  });
  // The memory tells what is new; a look too many does no harm.
  const { offers, mine, alerts, forMe, toPass, decided } = sources;
  const rows = mine?.map((row) => `${row.conversationId}@${row.version}${row.unread}`).join(" ");
  useEffect(() => look(), [offers, rows, alerts, forMe, toPass, decided, now]);
  return <span ref={box} hidden data-notices />;
}

/** Own replies that were decided lately. Asked once an approval has moved: until then there is no news. */
function useDecided(reads: boolean) {
  const [moved, setMoved] = useState(false);
  const since = useRef(presentMoment());
  useLive(["approval"], () => setMoved(true));
  const { data } = useQuery({
    queryKey: ["approvals", "over"],
    queryFn: ({ signal }) => api.get<ApprovalList>("/api/desk/approvals", { view: "over" }, signal),
    enabled: reads && moved,
  });
  // Nothing was decided before somebody moved: an empty list is what stood there first.
  if (!reads) return undefined;
  return (data?.items ?? []).filter((one) => one.decidedAt !== null && Date.parse(one.decidedAt) >= since.current);
}
