import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { WorkRow } from "#contracts/desk";
import { conversationQuery } from "../../features/conversation/conversation-query.ts";
import { CustomerPane } from "../../features/customer/customer-pane.tsx";
import { offerOnItsWay } from "../../features/queue/offer-on-its-way.ts";
import { QueuePane, type QueueTab } from "../../features/queue/queue-pane.tsx";
import { useTake } from "../../features/queue/use-take.ts";
import { nextOfMine } from "../../features/queue/work-groups.ts";
import { offersQuery, workQuery } from "../../features/queue/work-query.ts";
import { asProblem } from "../../shared/api/problem.ts";
import { holdKeys, refuseHeldKeys } from "../../shared/keys/hold.ts";
import { pressByKey } from "../../shared/keys/press-by-key.ts";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { useSession } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Checkbox } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { BackArrow, TopBar } from "../frame/top-bar.tsx";
import css from "./desk-layout.module.css";
import { DeskLayout } from "./desk-layout.tsx";
import { useServeByItself } from "./serve-by-itself.ts";
import { useIllChannels } from "./use-ill-channels.ts";

// The list is usable before this is here; it is asked for at once, beside the data.
const openConversation = import("./open-conversation.tsx");
// Whether it came is told where it is drawn.
openConversation.catch(() => undefined);
const OpenConversation = lazy(async () => ({ default: (await openConversation).OpenConversation }));

const BulkBar = lazy(() => import("./bulk/bulk-bar.tsx"));
const IllChannels = lazy(() => import("./ill-channels.tsx"));

const NONE: ReadonlyMap<string, WorkRow> = new Map();
/** More at once nobody has looked at. */
const MOST_CHECKED = 100;

/** The desk: what waits, the conversation that is open, and who is speaking. */
export default function DeskPage() {
  const { t } = useLingui();
  const me = useSession().agent.id;
  const client = useQueryClient();
  const navigate = useNavigate();
  const { conversationId: openId = null } = useParams({ strict: false }) as { conversationId?: string };
  const customerShown = useLocation({ select: (location) => location.hash }) === "customer";
  const [tab, setTab] = useState<QueueTab>("mine");
  const [focusedRow, setFocusedRow] = useState<string | null>(null);
  const [serves, setServes] = useServeByItself(me);

  /** Rows that are checked for a common act, as they were when they were. */
  const [checked, setChecked] = useState<ReadonlyMap<string, WorkRow>>(NONE);
  function check(rows: readonly WorkRow[], on: boolean): void {
    setChecked((was) => {
      const next = new Map(was);
      for (const row of rows)
        if (!on) next.delete(row.conversationId);
        else if (next.size < MOST_CHECKED) next.set(row.conversationId, row);
      return next;
    });
  }

  const [opened, setOpened] = useState<string | null>(null);

  function go(conversationId: string | null): void {
    setOpened(conversationId);
    if (conversationId === null) void navigate({ to: "/desk" });
    else void navigate({ to: "/desk/$conversationId", params: { conversationId } });
  }
  const mineNow = () => client.getQueryData(workQuery("mine").queryKey)?.pages.flatMap((page) => page.items) ?? [];
  /** The first offer is waited for: T was pressed a moment before it came. */
  const awaited = useRef(false);
  const take = useTake(
    (conversationId) => {
      setTab("mine");
      go(conversationId);
    },
    async () => {
      // In the first moments the list is still on its way.
      await client.ensureInfiniteQueryData(workQuery("mine")).catch(() => null);
      const next = nextOfMine(mineNow(), openId ?? "");
      if (next !== null) {
        go(next);
        return true;
      }
      awaited.current = true;
      const offer = await offerOnItsWay(client);
      awaited.current = false;
      if (offer) take.accept.send(offer);
      return offer !== null;
    },
  );
  const showCustomer = (shown: boolean) => {
    if (openId === null) return;
    void navigate({
      to: "/desk/$conversationId",
      params: { conversationId: openId },
      hash: shown ? "customer" : "",
      replace: !shown,
    });
  };

  /** Whether a key or a button asked for work, or it was to be served by itself. */
  const asked = useRef(true);
  /** The offer first; else the row of the team that is chosen; else what is open and nobody's; else the most urgent. */
  function takeOne() {
    if (take.accept.busy || take.take.busy || take.next.busy || awaited.current) return;
    asked.current = true;
    holdKeys();
    const offer = client.getQueryData(offersQuery.queryKey)?.[0];
    if (offer) return take.accept.send(offer);
    const team = client.getQueryData(workQuery("team").queryKey)?.pages.flatMap((page) => page.items) ?? [];
    const row =
      tab === "team" ? team.find((one) => one.conversationId === focusedRow && one.owner === null) : undefined;
    const open = openId === null ? null : (client.getQueryData(conversationQuery(openId).queryKey)?.work ?? null);
    const free = row ?? (open?.owner === null ? open : undefined);
    if (free) return take.take.send({ conversationId: free.conversationId, version: free.version });
    take.next.send({ quiet: false });
  }

  /** The work left my hands: my next, else the next of the queue, if it is served by itself. */
  async function serveNext(doneId: string): Promise<void> {
    const next = nextOfMine(mineNow(), doneId);
    go(next);
    if (next === null && !serves) return;
    asked.current = false;
    holdKeys();
    if (next !== null) return;
    const offers = await client.fetchQuery({ ...offersQuery, staleTime: 0 }).catch(() => []);
    if (offers[0]) take.accept.send(offers[0]);
    else take.next.send({ quiet: true });
  }

  const refused = take.accept.problem ?? take.take.problem ?? take.next.problem;
  useEffect(() => {
    if (refused) refuseHeldKeys(performance.now(), asked.current);
  }, [refused]);

  useFocusOnCustomer(customerShown);

  const open = useQuery({ ...conversationQuery(openId ?? ""), enabled: openId !== null });
  useEffect(() => {
    // The address of one that is part of another one now leads there.
    const now = open.data?.id;
    if (openId !== null && now !== undefined && now !== openId)
      void navigate({ to: "/desk/$conversationId", params: { conversationId: now }, replace: true });
  }, [open.data?.id, openId, navigate]);
  const press = (selector: string) => pressByKey(document.querySelector<HTMLElement>(selector));
  useKeys("screen", [
    { id: "work.take", keys: "t", label: t`Take the offer, or the most urgent`, group: t`Work`, run: takeOne },
    {
      id: "work.decline",
      keys: "shift+t",
      label: t`Decline the offer`,
      group: t`Work`,
      run: () => press("[data-decline]"),
    },
    {
      id: "work.serve",
      keys: [],
      label: serves ? t`Pause: serve no next by itself` : t`Play: serve the next by itself`,
      group: t`Work`,
      run: () => setServes(!serves),
    },
    {
      id: "customer.page",
      keys: "shift+i",
      label: t`All of the customer`,
      group: t`Go to`,
      disabled: !open.data || open.data.customer.conversationsHidden === null,
      run: () => {
        const customerId = open.data?.customer.id;
        if (customerId) void navigate({ to: "/customers/$customerId", params: { customerId } });
      },
    },
  ]);

  const ill = useIllChannels(open.data?.bursts.map((burst) => burst.mark.channelId) ?? []);
  const name = open.data?.customer.name;
  const waiting = (
    <div className={css.waiting}>
      <Skeleton shape="lines" count={6} />
    </div>
  );
  return (
    <>
      <TopBar>
        <span className={`${css.serve} only-wide`}>
          <Checkbox checked={serves} onChange={setServes}>
            {t`Serve next by itself`}
          </Checkbox>
        </span>
      </TopBar>
      {openId !== null ? <BackArrow to={customerShown ? `/desk/${openId}` : "/desk"} /> : null}
      <DeskLayout
        list={
          <>
            <QueuePane
              tab={tab}
              onTab={(next) => {
                setChecked(NONE);
                setTab(next);
              }}
              checked={checked}
              onCheck={check}
              openId={openId}
              take={take}
              onTakeNext={takeOne}
              onOpen={go}
              onFocusRow={setFocusedRow}
            />
            {checked.size > 0 ? (
              <Suspense fallback={null}>
                <BulkBar rows={[...checked.values()]} me={me} onClear={() => setChecked(NONE)} />
              </Suspense>
            ) : null}
          </>
        }
        conversationLabel={name ? t`Conversation with ${name}` : t`Conversation`}
        conversation={
          openId === null ? null : open.data ? (
            <Suspense fallback={waiting}>
              <OpenConversation
                key={openId}
                view={open.data}
                me={me}
                focusTitle={opened === openId}
                stale={open.isError ? asProblem(open.error) : null}
                go={go}
                onTake={() => {
                  const { work, offer } = open.data;
                  if (offer) take.accept.send(offer);
                  else if (work) take.take.send({ conversationId: work.conversationId, version: work.version });
                }}
                onGone={(id) => void serveNext(id)}
                onCustomer={() => showCustomer(true)}
              />
            </Suspense>
          ) : open.isError ? (
            <div className={css.problem}>
              <ProblemNotice
                problem={asProblem(open.error)}
                acts={<Button size="small" onClick={() => void open.refetch()}>{t`Try now`}</Button>}
              />
            </div>
          ) : (
            waiting
          )
        }
        customer={
          open.data ? (
            <CustomerPane customer={open.data.customer} openId={open.data.id} onClose={() => showCustomer(false)} />
          ) : null
        }
        customerShown={customerShown}
        onCustomerShown={showCustomer}
        notice={
          ill.length > 0 ? (
            <Suspense fallback={null}>
              <IllChannels channels={ill} />
            </Suspense>
          ) : null
        }
        nothingOpen={
          <div className={css.nothing}>
            <EmptyState
              title={t`Nothing is open`}
              act={<Button look="primary" keys="t" onClick={takeOne}>{t`Take the most urgent`}</Button>}
            >
              {t`Choose from the list, or take what is most urgent.`}
            </EmptyState>
          </div>
        }
      />
    </>
  );
}

/** The customer's pane takes the focus when it is asked for, and gives it back to the conversation. */
function useFocusOnCustomer(shown: boolean): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    const to = shown ? "[data-customer]" : "[data-conversation-title]";
    document.querySelector<HTMLElement>(to)?.focus({ preventScroll: true });
  }, [shown]);
}
