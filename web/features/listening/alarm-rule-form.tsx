import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { type Rule, ruleQuery, saveRule, touched } from "./alarms-query.ts";
import css from "./listening.module.css";

/** How keen a monitor is, how much there has to be, and when nobody is told. */
export function AlarmRuleForm({ monitorId }: { monitorId: string }) {
  const query = useQuery(ruleQuery(monitorId));
  return <Fetched query={query}>{(rule) => <Form key={rule.version} monitorId={monitorId} rule={rule} />}</Fetched>;
}

function Form({ monitorId, rule }: { monitorId: string; rule: Rule }) {
  const { t } = useLingui();
  const [wish, setWish] = useState(rule);
  const [tried, setTried] = useState(false);
  const hush = wish.hush;
  const save = useCommand({
    run: saveRule,
    invalidates: touched,
    onDone: () => toasts.add({ text: t`Kept. It counts from the next five minutes on.` }),
  });
  const number = (key: "leastPosts" | "leastAuthors" | "manyAuthors", label: string, hint?: string) => (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      value={Number.isNaN(wish[key]) ? "" : String(wish[key])}
      disabled={!rule.canManage}
      fault={tried && !(wish[key] >= 1) ? t`A whole number from 1 on.` : undefined}
      onChange={(event) => setWish({ ...wish, [key]: Number.parseInt(event.target.value, 10) })}
    />
  );
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const whole = [wish.leastPosts, wish.leastAuthors, wish.manyAuthors].every((n) => n >= 1);
    if (!whole || save.busy) return;
    const { version, canManage: _canManage, ...body } = wish;
    save.send({ ...body, id: monitorId, expectedVersion: version });
  }
  return (
    <form className={css.stack} onSubmit={submit} noValidate>
      {save.problem ? <ProblemNotice problem={save.problem} safe={t`Your words are safe here.`} /> : null}
      <Checkbox checked={wish.on} disabled={!rule.canManage} onChange={(on) => setWish({ ...wish, on })}>
        {t`Raise alarms`}
      </Checkbox>
      <div className={css.fields}>
        <Select
          label={t`How keen it is`}
          value={wish.sensitivity}
          disabled={!rule.canManage}
          options={[
            { value: "calm", label: t`Calm: great rises only` },
            { value: "normal", label: t`As measured` },
            { value: "keen", label: t`Keen: small rises, too` },
          ]}
          onChange={(sensitivity) => setWish({ ...wish, sensitivity })}
        />
        {number("leastPosts", t`Posts at least`)}
        {number("leastAuthors", t`People at least`, t`One person's fifty posts are no talk of the town.`)}
        {number("manyAuthors", t`So many people are many`)}
        <Select
          label={t`Quiet after it was closed`}
          value={String(wish.quietMinutes)}
          disabled={!rule.canManage}
          options={[...new Set([0, 60, 180, 360, 720, 1_440, rule.quietMinutes])]
            .sort((a, b) => a - b)
            .map((minutes) => {
              const hours = Math.round(minutes / 6) / 10;
              return { value: String(minutes), label: minutes === 0 ? t`not at all` : t`${hours} hours` };
            })}
          onChange={(minutes) => setWish({ ...wish, quietMinutes: Number(minutes) })}
        />
      </div>
      <Checkbox
        checked={hush !== null}
        disabled={!rule.canManage}
        onChange={(on) =>
          setWish({
            ...wish,
            hush: on ? { from: "22:00", to: "07:00", zone: Intl.DateTimeFormat().resolvedOptions().timeZone } : null,
          })
        }
      >
        {t`Quiet hours: people are told afterwards, but for danger`}
      </Checkbox>
      {hush ? (
        <div className={css.fields}>
          <TextField
            label={t`From`}
            type="time"
            required
            value={hush.from}
            disabled={!rule.canManage}
            onChange={(event) =>
              event.target.value && setWish({ ...wish, hush: { ...hush, from: event.target.value } })
            }
          />
          <TextField
            label={t({ message: "To", context: "end of a span" })}
            type="time"
            required
            value={hush.to}
            disabled={!rule.canManage}
            onChange={(event) => event.target.value && setWish({ ...wish, hush: { ...hush, to: event.target.value } })}
          />
          <TextField
            label={t`Time zone`}
            value={hush.zone}
            maxLength={60}
            disabled={!rule.canManage}
            onChange={(event) => setWish({ ...wish, hush: { ...hush, zone: event.target.value } })}
          />
        </div>
      ) : null}
      {rule.canManage ? (
        <div>
          <Button type="submit" look="primary" busy={save.busy}>{t`Keep this`}</Button>
        </div>
      ) : null}
    </form>
  );
}
