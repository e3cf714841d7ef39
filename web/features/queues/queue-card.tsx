import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { Checkbox, Select } from "../../shared/ui/field.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { Needs } from "./needs.tsx";
import { changeOf, draftOf, type Fault, faultOf, type QueueDraft } from "./queue-draft.ts";
import css from "./queues-page.module.css";
import { helpersQuery, type Queue, type Skill, saveQueue } from "./queues-query.ts";
import { Rings } from "./rings.tsx";

/** One queue: what it asks of an agent, how far it relaxes that, who helps out, and who of equals goes first. */
export function QueueCard({ queue, skills }: { queue: Queue; skills: readonly Skill[] }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const helpers = useQuery(helpersQuery(queue.id)).data?.teams ?? [];
  const [held, setHeld] = useState<{ draft: QueueDraft; base: number } | null>(null);
  const draft = held?.draft ?? draftOf(queue);
  const change = changeOf(queue, draft);
  const changed = Object.keys(change).length > 0;
  const overtaken = changed && held !== null && held.base !== queue.version;
  const fault = faultOf(draft);
  const faults: Record<Fault, string> = {
    percent: t`A ring opens after 1 to 99 percent of the target.`,
    order: t`Each ring opens later than the one before it.`,
    level: t`A level is 1 to 100.`,
  };
  const edit = (to: Partial<QueueDraft>) => setHeld({ draft: { ...draft, ...to }, base: held?.base ?? queue.version });
  const save = useCommand({
    run: saveQueue,
    invalidates: () => [["settings", "queues"], ["queues"]],
    onDone: () => {
      setHeld(null);
      toasts.add({ text: t`${queue.name} hands out by these rules from now on.` });
    },
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: ["settings", "queues"] });
    },
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!changed || fault || overtaken || save.busy) return;
    save.send({ id: queue.id, expectedVersion: queue.version, ...change });
  }

  return (
    <Card
      title={queue.name}
      aside={
        <span className="small mute">
          {queue.waiting === 0 ? t`nothing waits` : t`${plural(queue.waiting, { one: "# waits", other: "# wait" })}`}
        </span>
      }
    >
      <form className={css.form} onSubmit={onSubmit} noValidate>
        <Needs draft={draft} skills={skills} onEdit={edit} />
        <Rings
          draft={draft}
          helpers={helpers}
          onEdit={edit}
          fault={fault === null || fault === "level" ? null : faults[fault]}
        />
        <div className={css.pair}>
          <Select
            label={t`Among agents who fit equally well`}
            value={draft.choice}
            options={[
              { value: "least-loaded", label: t`who carries least` },
              { value: "longest-idle", label: t`who was given nothing for longest` },
            ]}
            onChange={(choice) => edit({ choice })}
          />
          <Checkbox checked={draft.autoServe} onChange={(autoServe) => edit({ autoServe })}>
            {t`Hold work out by itself`}
          </Checkbox>
        </div>
        <DraftNotice
          overtaken={overtaken ? t`Somebody else has changed this queue.` : null}
          onDrop={() => setHeld(null)}
          onKeep={() => setHeld({ draft, base: queue.version })}
          problem={changed ? save.problem : null}
        />
        {changed ? (
          <div className="row wrap">
            <Button
              type="submit"
              look="primary"
              busy={save.busy}
              refused={fault ? faults[fault] : overtaken ? t`Decide first what becomes of the other change.` : null}
            >
              {t`Save ${queue.name}`}
            </Button>
            <Button look="bare" onClick={() => setHeld(null)}>{t`Drop the changes`}</Button>
          </div>
        ) : null}
      </form>
    </Card>
  );
}
