import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./queues-page.module.css";
import { type Queue, type RoutingRules, saveRules } from "./queues-query.ts";

const whole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most;

/** Rules that count in every queue: floods, transfers, and time to write up. */
export function RulesForm({ rules, queues }: { rules: RoutingRules; queues: readonly Queue[] }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<RoutingRules | null>(null);
  const now = draft ?? rules;
  const edit = (to: Partial<RoutingRules>) => setDraft({ ...now, ...to });
  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(rules);
  const save = useCommand({
    run: saveRules,
    invalidates: () => [["settings"]],
    onDone: () => {
      setDraft(null);
      toasts.add({ text: t`These rules count from now on.` });
    },
  });
  const media = {
    phone: t`a call`,
    chat: t`a chat`,
    dm: t`a private message`,
    public: t`a public post`,
    email: t`a mail`,
  };
  const fits =
    whole(now.authorCap, 1, 1_000) &&
    whole(now.alikeCap, 1, 1_000) &&
    whole(now.maxTransfers, 1, 50) &&
    whole(now.wrapUpMostSeconds, 0, 3_600) &&
    Object.values(now.wrapUpSeconds).every((s) => whole(s, 0, 3_600));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (changed && fits && !save.busy) save.send(now);
  }
  const number = (label: string, value: number, most: number, onValue: (value: number) => void, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      type="number"
      inputMode="numeric"
      min={0}
      max={most}
      value={Number.isFinite(value) ? value : ""}
      fault={whole(value, 0, most) ? undefined : t`0 to ${most}`}
      onChange={(event) => onValue(event.target.valueAsNumber)}
    />
  );

  return (
    <form className={css.form} onSubmit={onSubmit} noValidate>
      <Card title={t`Floods`} level={3}>
        <div className={css.fields}>
          {number(
            t`Of one author, in front at a time`,
            now.authorCap,
            1_000,
            (authorCap) => edit({ authorCap }),
            t`More waits behind in one line, and comes forward as they are done.`,
          )}
          {number(
            t`Of one text by many, in front at a time`,
            now.alikeCap,
            1_000,
            (alikeCap) => edit({ alikeCap }),
            t`Danger to people is never put behind.`,
          )}
        </div>
      </Card>
      <Card title={t`Handed on and on`} level={3}>
        <div className={css.fields}>
          {number(t`Transfers before supervisors decide`, now.maxTransfers, 50, (maxTransfers) =>
            edit({ maxTransfers }),
          )}
          <Select
            label={t`It goes to`}
            value={now.supervisorQueueId ?? ""}
            options={[
              { value: "", label: t`where it was sent, with an alert` },
              ...queues.map((queue) => ({ value: queue.id, label: queue.name })),
            ]}
            onChange={(id) => edit({ supervisorQueueId: id || null })}
          />
        </div>
      </Card>
      <Card title={t`Time to write it up, in seconds`} level={3}>
        <div className={css.fields}>
          {Object.entries(media).map(([name, says]) => (
            <div key={name}>
              {number(t`After ${says}`, now.wrapUpSeconds[name as keyof typeof media], 3_600, (seconds) =>
                edit({ wrapUpSeconds: { ...now.wrapUpSeconds, [name]: seconds } }),
              )}
            </div>
          ))}
          {number(t`At most, with the one extension`, now.wrapUpMostSeconds, 3_600, (wrapUpMostSeconds) =>
            edit({ wrapUpMostSeconds }),
          )}
        </div>
      </Card>
      {save.problem && changed ? <ProblemNotice problem={save.problem} safe={t`Your changes are safe here.`} /> : null}
      {changed ? (
        <div className="row wrap">
          <Button type="submit" look="primary" busy={save.busy} refused={fits ? null : t`A number does not fit yet.`}>
            {t`Save the rules`}
          </Button>
          <Button look="bare" onClick={() => setDraft(null)}>{t`Drop the changes`}</Button>
        </div>
      ) : null}
    </form>
  );
}
