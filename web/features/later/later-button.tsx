import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from "react";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { laterQuery } from "./later-query.ts";

const LaterDialog = lazy(() => import("./later-dialog.tsx"));
const UndoDialog = lazy(() => import("./undo-dialog.tsx"));

/** How many reminders are due and replies were held, with the way to them; and the list of what can be taken back. */
export default function LaterButton({ open }: { open: (conversationId: string) => void }) {
  const { t } = useLingui();
  const [shown, setShown] = useState<"later" | "undo" | null>(null);
  const { data } = useQuery(laterQuery);
  const due = data?.reminders.filter((one) => one.state === "due") ?? [];
  const held = data?.replies.filter((one) => one.state === "held") ?? [];
  const count = due.length + held.length;
  useNews(data !== undefined, [...due, ...held], (one) => {
    const text =
      "why" in one
        ? t`Your reply to ${one.customer} was held. Its words are in your draft.`
        : t`Reminder: ${one.text || one.customer}`;
    announce(text, true);
    toasts.add({ text, act: { label: t`Open`, run: () => open(one.conversationId) } });
  });
  useKeys("frame", [
    { id: "later.show", keys: "g t", label: t`What I have put off`, group: t`Go to`, run: () => setShown("later") },
    {
      id: "undo.list",
      keys: "shift+z",
      label: t`What can be taken back`,
      group: t`All`,
      run: () => setShown("undo"),
    },
  ]);
  const close = () => setShown(null);
  return (
    <>
      {data && count + data.reminders.length + data.replies.length > 0 ? (
        <Button
          look={count > 0 ? "soft" : "bare"}
          icon="clock"
          iconOnly={count === 0}
          className={count === 0 ? "no-phone" : ""}
          onClick={() => setShown("later")}
          aria-label={
            count > 0
              ? t`${plural(count, { one: "# thing you put off needs you", other: "# things you put off need you" })}`
              : t`What I have put off`
          }
        >
          {count > 0 ? String(count) : undefined}
        </Button>
      ) : null}
      <Suspense fallback={null}>
        {shown === "later" ? <LaterDialog onClose={close} open={open} /> : null}
        {shown === "undo" ? <UndoDialog onClose={close} /> : null}
      </Suspense>
    </>
  );
}

/** Tells what was not there before; what is there at first is old. */
function useNews<One extends { id: string }>(asked: boolean, now: readonly One[], tell: (one: One) => void): void {
  const known = useRef<ReadonlySet<string> | null>(null);
  const ids = now.map((one) => one.id).join(" ");
  const tellFresh = useEffectEvent((before: ReadonlySet<string>) => {
    for (const one of now) if (!before.has(one.id)) tell(one);
  });
  useEffect(() => {
    if (!asked) return;
    if (known.current) tellFresh(known.current);
    known.current = new Set([...(known.current ?? []), ...ids.split(" ")]);
  }, [asked, ids]);
}
