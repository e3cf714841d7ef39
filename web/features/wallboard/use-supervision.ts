import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { WorkRow } from "#contracts/desk";
import type { Supervised } from "#contracts/supervision";
import { useCommand } from "../../shared/api/use-command.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import { type ActAsked, BOARD, ease, lend, supervise, takeBack } from "./wallboard-query.ts";

const STALE = [[BOARD], ["work"], ["presence"], ["people"]] as const;

/** What a supervisor does with work and people; each can be taken back from its toast or with Z. */
export function useSupervision() {
  const { t } = useLingui();
  const back = useCommand({
    run: takeBack,
    invalidates: () => STALE,
    onDone: (answer) => {
      const kept = answer.refused.length;
      toasts.add({
        text:
          kept === 0
            ? t`Taken back.`
            : t`${plural(kept, { one: "Taken back, but # was changed meanwhile and stays as it is.", other: "Taken back, but # were changed meanwhile and stay as they are." })}`,
      });
    },
  });
  /** What was done, what was not and why, and the way back. */
  function tell(answer: Supervised, done: string): void {
    const { actId, version, refused: left } = answer;
    const why = left[0]?.why ?? "";
    const text =
      left.length === 0
        ? done
        : t`${answer.done.length > 0 ? done : t`Nothing was done.`} ${plural(left.length, { one: "# was refused", other: "# were refused" })}: ${why}`;
    toasts.add({ text, ...(actId && { undo: () => back.send({ actId, expectedVersion: version }) }) });
  }
  const act = useCommand<ActAsked & { said: string }, Supervised>({
    run: ({ items, act }, commandId) => supervise({ items, act }, commandId),
    invalidates: () => STALE,
    onDone: (answer, { said }) => tell(answer, said),
  });
  const lending = useCommand({
    run: lend,
    invalidates: () => STALE,
    onDone: (answer) => tell(answer, t`Lent. It goes back by itself.`),
  });
  const easing = useCommand({
    run: ease,
    invalidates: () => STALE,
    onDone: (answer) => tell(answer, t`Eased. It is as before by itself.`),
  });
  return { act, lending, easing, back };
}
export type Supervision = ReturnType<typeof useSupervision>;

/** At most this many at once; the server refuses more. */
export const MOST = 500;
export const asItems = (rows: readonly WorkRow[]) =>
  rows.slice(0, MOST).map((row) => ({ workItemId: row.workItemId, expectedVersion: row.version }));
