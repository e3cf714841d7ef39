import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { ConversationView } from "#contracts/desk";
import { useKeyFor, useKeys } from "../../../shared/keys/use-keys.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import css from "./joins.module.css";
import type { JoinAsk } from "./joins-query.ts";
import { useJoins } from "./use-joins.ts";

// Seldom needed: none of it stands in the way of the queue.
const JoinDialog = lazy(async () => ({ default: (await import("./join-dialog.tsx")).JoinDialog }));
const WhyDialog = lazy(async () => ({ default: (await import("./why-dialog.tsx")).WhyDialog }));
const HistoryDialog = lazy(async () => ({ default: (await import("./history-dialog.tsx")).HistoryDialog }));

const ModerationDialog = lazy(() => import("../moderation/moderation-dialog.tsx"));
const AsksDialog = lazy(async () => ({ default: (await import("../asks/asks-dialog.tsx")).AsksDialog }));

type Asking =
  | { what: JoinAsk["kind"]; messageIds: readonly string[] }
  | { what: "why"; messageId: string }
  | { what: "moderate"; messageId: string }
  | { what: "history" }
  | { what: "asks" };

/** The message that has the focus. */
const focused = (): string | undefined => document.activeElement?.closest<HTMLElement>("[data-entry]")?.dataset.entry;

/** Merge, link, choose messages and part or move them, and why one is here: the keys, the chosen messages, the dialogs. */
export function useJoinKeys(view: ConversationView, go: (conversationId: string) => void) {
  const { t } = useLingui();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking | null>(null);
  const { joinNow } = useJoins(view.id);
  const messages = view.timeline.filter((one) => one.type === "message").map((one) => one.id);
  const here = [...chosen].filter((id) => messages.includes(id));
  const inFocus = () => {
    const id = focused();
    return id !== undefined && messages.includes(id) ? id : undefined;
  };
  const noMessage = () => announce(t`Go to a message first, with J and K.`);
  function choose(id: string | undefined): void {
    if (id === undefined) {
      noMessage();
      return;
    }
    const next = new Set(here);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
    announce(t`${plural(next.size, { one: "# message chosen", other: "# messages chosen" })}`);
  }
  function ask(what: "move" | "split"): void {
    const one = inFocus();
    const messageIds = here.length > 0 ? here : one === undefined ? [] : [one];
    if (messageIds.length === 0) announce(t`Choose messages first, with X.`);
    else setAsking({ what, messageIds });
  }
  const why = (id: string | undefined) => (id === undefined ? noMessage() : setAsking({ what: "why", messageId: id }));
  const moderate = (id: string | undefined) =>
    id === undefined ? noMessage() : setAsking({ what: "moderate", messageId: id });
  const group = t`Together and apart`;
  useKeys("screen", [
    {
      id: "join.merge",
      keys: "m",
      label: t`Merge with another conversation`,
      group,
      run: () => setAsking({ what: "merge", messageIds: [] }),
    },
    {
      id: "join.link",
      keys: "l",
      label: t`Link with another conversation`,
      group,
      run: () => setAsking({ what: "link", messageIds: [] }),
    },
    { id: "join.choose", keys: "x", label: t`Choose this message, or leave it`, group, run: () => choose(inFocus()) },
    { id: "join.move", keys: "shift+m", label: t`Move the chosen messages`, group, run: () => ask("move") },
    { id: "join.split", keys: "shift+s", label: t`Split the chosen messages off`, group, run: () => ask("split") },
    {
      id: "join.asks",
      keys: "shift+w",
      label: t`What is to be decided`,
      group,
      run: () => setAsking({ what: "asks" }),
    },
    {
      id: "message.moderate",
      keys: "shift+h",
      label: t`Hide, delete, block or report`,
      group: t`Conversation`,
      run: () => moderate(inFocus()),
    },
    { id: "join.why", keys: "w", label: t`Why is this message here?`, group, run: () => why(inFocus()) },
  ]);
  const keys = { move: useKeyFor("join.move", "shift+m"), split: useKeyFor("join.split", "shift+s") };
  const close = () => setAsking(null);
  const bar: ReactNode =
    here.length === 0 ? null : (
      <div className={css.bar} role="toolbar" aria-label={t`Chosen messages`}>
        <span className="grow small">{t`${plural(here.length, { one: "# message chosen", other: "# messages chosen" })}`}</span>
        <Button size="small" keys={keys.move} onClick={() => ask("move")}>{t`Move`}</Button>
        <Button size="small" keys={keys.split} onClick={() => ask("split")}>{t`Split off`}</Button>
        <Button size="small" look="bare" onClick={() => setChosen(new Set())}>{t`Choose none`}</Button>
      </div>
    );
  const dialog: ReactNode = asking ? (
    <Suspense>
      {asking.what === "why" ? (
        <WhyDialog conversationId={view.id} messageId={asking.messageId} onClose={close} onDo={joinNow} />
      ) : asking.what === "moderate" ? (
        <ModerationDialog conversationId={view.id} messageId={asking.messageId} onClose={close} />
      ) : asking.what === "asks" ? (
        <AsksDialog onClose={close} go={go} />
      ) : asking.what === "history" ? (
        <HistoryDialog conversationId={view.id} onClose={close} go={go} onAsks={() => setAsking({ what: "asks" })} />
      ) : (
        <JoinDialog
          view={view}
          kind={asking.what}
          messageIds={asking.messageIds}
          onClose={close}
          onDone={() => {
            setChosen(new Set());
            close();
          }}
        />
      )}
    </Suspense>
  ) : null;
  return { chosen: here, choose, why, moderate, ask: setAsking, bar, dialog };
}
