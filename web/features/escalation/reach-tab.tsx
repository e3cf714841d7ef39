import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReachView, ReachWish, Way } from "#contracts/escalation";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import { addBrowser, dropBrowser, reachQuery, saveWish, testPage } from "./escalation-query.ts";
import { pushFault, subscribe } from "./push-browser.ts";
import { useEscalationWords } from "./use-words.ts";
import { WebhooksCard } from "./webhooks-card.tsx";

/** By which ways this agent is reached, from which severity on, and when not. */
export default function ReachTab() {
  const query = useQuery(reachQuery);
  const manages = useMay("escalation.manage");
  return (
    <>
      <Fetched query={query}>{(view) => <Ways view={view} />}</Fetched>
      {manages ? <WebhooksCard /> : null}
    </>
  );
}

function Ways({ view }: { view: ReachView }) {
  const { t } = useLingui();
  const words = useEscalationWords();
  const save = useCommand({ run: saveWish, invalidates: () => [["escalations", "reach"]] });
  const add = useCommand({ run: addBrowser, invalidates: () => [["escalations", "reach"]] });
  const drop = useCommand({ run: dropBrowser, invalidates: () => [["escalations", "reach"]] });
  const test = useCommand({
    run: testPage,
    onDone: () => toasts.add({ text: t`A test page is on its way to you.` }),
  });
  const { wish } = view;
  const put = (next: ReachWish) => save.send({ wish: next, expectedVersion: view.version });
  const from = (way: Way) => wish.ways.find((w) => w.way === way)?.from;
  const setFrom = (way: Way, value: string) =>
    put({
      ...wish,
      ways: [...wish.ways.filter((w) => w.way !== way), ...(value === "" ? [] : [{ way, from: Number(value) }])],
    });
  const fault = pushFault();
  const problem = save.problem ?? add.problem ?? drop.problem ?? test.problem;
  async function allow(): Promise<void> {
    try {
      const made = await subscribe(view.push.publicKey);
      if (made) add.send(made);
      else toasts.add({ text: t`The browser was not allowed to show notices.` });
    } catch (error) {
      toasts.add({ text: t`The browser's push service refused: ${(error as Error).message}` });
    }
  }
  const row = (way: Way, name: string, detail: string, acts: React.ReactNode) => (
    <div className={css.way}>
      <div className={css.wayWords}>
        <b>{name}</b>
        <p className="small mid">{detail}</p>
      </div>
      {way === "desk" ? (
        <span className={`${css.always} small mid`}>{t`always`}</span>
      ) : (
        <Select
          label={t`From severity`}
          value={from(way) === undefined ? "" : String(from(way))}
          options={[
            ...words.severities.map((label, i) => ({ value: String(i), label })),
            { value: "", label: t`only when it is grave and nothing else is chosen` },
          ]}
          onChange={(value) => setFrom(way, value)}
        />
      )}
      <span className={css.acts}>{acts}</span>
    </div>
  );
  const tryIt = (way: Way) => <Button busy={test.busy} onClick={() => test.send(way)}>{t`Test`}</Button>;

  return (
    <Card title={t`When something is escalated to you`}>
      {problem ? <ProblemNotice problem={problem} /> : null}
      <div className={css.ways}>
        {row(
          "desk",
          t`The open desk`,
          t`A line over every page. What rings, and when it is quiet, is among your settings.`,
          <Link to="/settings" className={buttonClass("quiet")}>{t`Your settings`}</Link>,
        )}
        {row(
          "push",
          t`Notices of the browser`,
          fault === "denied"
            ? t`Notices are forbidden for this page in the browser's settings. Allow them there first.`
            : fault
              ? t`This browser cannot take notices.`
              : view.push.browsers.length === 0
                ? t`No browser of yours takes them yet.`
                : t`Also while the desk is closed, as long as the browser runs.`,
          <>
            {fault ? null : <Button busy={add.busy} onClick={() => void allow()}>{t`Allow in this browser`}</Button>}
            {view.push.browsers.length > 0 ? tryIt("push") : null}
          </>,
        )}
        {view.push.browsers.length > 0 ? (
          <ul className={css.log}>
            {view.push.browsers.map((b) => (
              <li key={b.id}>
                <Moment at={b.since} />
                <span>
                  {b.name}{" "}
                  <Button size="small" look="bare" busy={drop.busy} onClick={() => drop.send(b.id)}>{t`Remove`}</Button>
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {row(
          "email",
          t`E-mail`,
          view.mails
            ? t`To ${view.email}, with a link that says “I have it” without signing in.`
            : t`This server has no way to send mail yet. Whoever runs it sets HUBBUB_SMTP_URL.`,
          view.mails ? tryIt("email") : null,
        )}
        {row(
          "webhook",
          t`The company's tool`,
          view.webhooks > 0 ? t`It is told that you are asked.` : t`No tool is told of pages yet.`,
          view.webhooks > 0 ? tryIt("webhook") : null,
        )}
      </div>
      <Quiet wish={wish} onChange={put} />
    </Card>
  );
}

function Quiet({ wish, onChange }: { wish: ReachWish; onChange: (wish: ReachWish) => void }) {
  const { t } = useLingui();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { quiet } = wish;
  const set = (change: Partial<NonNullable<ReachWish["quiet"]>>) =>
    onChange({ ...wish, quiet: { ...(quiet ?? { from: "22:00", to: "07:00", zone }), ...change } });
  return (
    <div className={css.form}>
      <Checkbox
        checked={quiet !== null}
        onChange={(on) => (on ? set({}) : onChange({ ...wish, quiet: null }))}
      >{t`Quiet hours: only the open desk, unless it is severity 3 or 4`}</Checkbox>
      {quiet ? (
        <div className={css.pair}>
          <TextField
            label={t`From`}
            type="time"
            defaultValue={quiet.from}
            onBlur={(event) =>
              event.target.value && event.target.value !== quiet.from && set({ from: event.target.value })
            }
          />
          <TextField
            label={t({ message: "To", context: "end of a span" })}
            type="time"
            defaultValue={quiet.to}
            onBlur={(event) => event.target.value && event.target.value !== quiet.to && set({ to: event.target.value })}
          />
          <p className="small mid">
            <Trans>In {quiet.zone}.</Trans>
          </p>
        </div>
      ) : null}
    </div>
  );
}
