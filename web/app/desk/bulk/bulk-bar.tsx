import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useRef, useState } from "react";
import type { WorkRow } from "#contracts/desk";
import { api } from "../../../shared/api/api.ts";
import { newId } from "../../../shared/api/new-id.ts";
import { asProblem, type Problem } from "../../../shared/api/problem.ts";
import { type Acted, useUndoAct } from "../../../shared/api/use-undo-act.ts";
import { pressByKey } from "../../../shared/keys/press-by-key.ts";
import { useKeys } from "../../../shared/keys/use-keys.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { Dialog } from "../../../shared/ui/dialog.tsx";
import { Menu } from "../../../shared/ui/menu.tsx";
import { sayProblem } from "../../../shared/ui/problem-words.ts";
import { toasts } from "../../../shared/ui/toast.tsx";
import css from "./bulk-bar.module.css";
import { doMany, type ManyAct, type Refused, requestOf } from "./do-many.ts";

const WhenDialog = lazy(() => import("../../../shared/ui/when-dialog.tsx"));
const AssignDialog = lazy(async () => ({
  default: (await import("../../../features/conversation/assign-dialog.tsx")).AssignDialog,
}));

type BulkProps = { rows: readonly WorkRow[]; me: string; onClear: () => void };

/** One act for everything that is checked: each is done or refused by itself, and one undo takes all of it back. */
export default function BulkBar({ rows, me, onClear }: BulkProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const takeBack = useUndoAct();
  const bar = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState<"snooze" | "assign" | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const [busy, setBusy] = useState(false);
  const { data: outcomes = [] } = useQuery({
    queryKey: ["outcomes"],
    queryFn: async ({ signal }) =>
      (await api.get<{ outcomes: { key: string; name: string }[] }>("/api/desk/outcomes", undefined, signal)).outcomes,
  });

  async function run(act: ManyAct): Promise<void> {
    if (busy) return;
    setBusy(true);
    let first: Problem | null = null;
    const { path, body } = requestOf(act);
    const made = await doMany(
      rows,
      (row) =>
        api.post<Acted>(`/api/desk/conversations/${row.conversationId}/${path}`, body, {
          commandId: newId(),
          expectedVersion: row.version,
        }),
      (error) => {
        const problem = asProblem(error);
        first ??= problem;
        return sayProblem(problem);
      },
    );
    setBusy(false);
    for (const queryKey of [["work"], ["offers"], ["presence"], ["conversation"]])
      void client.invalidateQueries({ queryKey });
    const count = made.done.length;
    const done = plural(count, { one: "# done", other: "# done" });
    const not = made.refused.length;
    const text = not === 0 ? t`${done}.` : t`${done}, ${not} refused.`;
    toasts.add({ text, ...(made.actIds.length > 0 && { undo: () => void takeBack(made.actIds) }) });
    announce(text, not > 0);
    // Where nothing at all was done, the dialog that asked stays open with what was typed in it.
    if (asking !== null && count === 0 && first) throw first;
    setAsking(null);
    setRefused(made.refused);
    if (not === 0) onClear();
  }
  const press = (name: string) => pressByKey(bar.current?.querySelector<HTMLElement>(`[data-bulk="${name}"]`));
  useKeys("pane", [
    {
      id: "bulk.resolve",
      keys: "e",
      label: t`Resolve what is checked`,
      group: t`Checked`,
      run: () => press("resolve"),
    },
    {
      id: "bulk.snooze",
      keys: "s",
      label: t`Snooze what is checked`,
      group: t`Checked`,
      run: () => setAsking("snooze"),
    },
    {
      id: "bulk.assign",
      keys: "a",
      label: t`Assign what is checked`,
      group: t`Checked`,
      run: () => setAsking("assign"),
    },
    { id: "bulk.clear", keys: "escape", label: t`Check nothing`, group: t`Checked`, inText: false, run: onClear },
  ]);
  const chosen = rows.length;
  return (
    <section className={css.bar} ref={bar} aria-label={t`What is checked`}>
      <span className={css.count} role="status">
        {t`${plural(chosen, { one: "# checked", other: "# checked" })}`}
      </span>
      <Button size="small" look="bare" iconOnly icon="close" aria-label={t`Check nothing`} onClick={onClear} />
      <Menu
        label={t`What came of them?`}
        placement="top start"
        onAct={(key) => {
          const name = outcomes.find((one) => one.key === key)?.name ?? key;
          void run({ kind: "resolve", outcome: key, name });
        }}
        groups={[
          { heading: t`What came of them?`, entries: outcomes.map(({ key, name }) => ({ id: key, label: name })) },
        ]}
      >
        <Button size="small" keys="e" busy={busy} data-bulk="resolve">{t`Resolve`}</Button>
      </Menu>
      <Button size="small" keys="s" onClick={() => setAsking("snooze")}>{t`Snooze`}</Button>
      <Button size="small" keys="a" onClick={() => setAsking("assign")}>{t`Assign`}</Button>
      <Suspense fallback={null}>
        {asking === "snooze" ? (
          <WhenDialog
            title={t`Snooze what is checked until`}
            act={t`Snooze`}
            onClose={() => setAsking(null)}
            onChoose={(until) => run({ kind: "snooze", until })}
          />
        ) : null}
        {asking === "assign" ? (
          <AssignDialog
            open
            me={me}
            onClose={() => setAsking(null)}
            onAssign={({ name, ...to }, note) => run({ kind: "assign", to, note, name })}
          />
        ) : null}
      </Suspense>
      <Dialog open={refused.length > 0} onClose={() => setRefused([])} title={t`Not done with these`} width={560}>
        <ul className={css.refused}>
          {refused.map(({ row, why }) => (
            <li key={row.conversationId}>
              <b>
                <bdi>{row.customer.name || row.customer.handle}</bdi> <span className="num">{row.number}</span>
              </b>
              <span>{why}</span>
            </li>
          ))}
        </ul>
      </Dialog>
    </section>
  );
}
