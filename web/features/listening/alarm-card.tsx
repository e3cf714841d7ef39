import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Card, Facts } from "../../shared/ui/card.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select, TextArea } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { type Alarm, acknowledgeAlarm, alarmQuery, closeAlarm, touched } from "./alarms-query.ts";
import { LineChart } from "./line-chart.tsx";
import css from "./listening.module.css";
import { TrendPosts } from "./trend-posts.tsx";
import { useTrendWords } from "./use-trend-words.ts";

const LOOK = ["info", "soon", "late", "late"] as const;

/** One alarm: why it rang, each of its parts with its time, the posts that show it, and what can be done. */
export function AlarmCard({ alarm }: { alarm: Alarm }) {
  const { t } = useLingui();
  const { points, quote } = useLists();
  const words = useTrendWords();
  const time = useTimeWords();
  const leads = useMay("crisis.lead");
  const [closing, setClosing] = useState(false);
  const story = useQuery(alarmQuery(alarm.id));
  const on = { id: alarm.id, expectedVersion: alarm.version };
  const look = useCommand({
    run: acknowledgeAlarm,
    invalidates: touched,
    onDone: () => toasts.add({ text: t`Everybody sees that it is looked at.` }),
  });
  const began = time.time(alarm.beganAt);
  const standing = alarm.state !== "closed";
  return (
    <Card
      level={3}
      title={alarm.monitor.name}
      aside={
        <>
          <Chip look={standing ? (LOOK[alarm.severity] ?? "late") : "dashed"} icon={standing ? "bell" : undefined}>
            {words.severity[alarm.severity]}
          </Chip>
          <span className="small mid">
            <Trans>
              since <Moment at={alarm.beganAt} />
            </Trans>
          </span>
          {alarm.acknowledgedAt && standing ? (
            <Chip look="good">
              {alarm.acknowledgedBy ? t`${alarm.acknowledgedBy} looks at it` : t`Somebody looks at it`}
            </Chip>
          ) : null}
        </>
      }
      acts={
        alarm.canAct ? (
          <>
            {alarm.state === "open" ? (
              <Button
                size="small"
                look="primary"
                busy={look.busy}
                onClick={() => look.send(on)}
              >{t`I look at it`}</Button>
            ) : null}
            {leads ? (
              <Link
                to="/escalations"
                search={
                  {
                    tab: "crisis",
                    topic: alarm.monitor.name,
                    ...(alarm.brandId ? { brand: alarm.brandId } : {}),
                  } as never
                }
                className={buttonClass("quiet", "small")}
              >{t`Crisis playbook …`}</Link>
            ) : null}
            <Button size="small" onClick={() => setClosing(true)}>{t`Close …`}</Button>
          </>
        ) : undefined
      }
    >
      <div className={css.stack}>
        {look.problem ? <ProblemNotice problem={look.problem} /> : null}
        <p>
          {t`Why:`} {points(alarm.reasons.map((one) => words.reason(one)))}
          {alarm.closeSays === "" ? "" : `. ${quote(alarm.closeSays)}`}
        </p>
        <div className={css.pair}>
          <Fetched query={story}>
            {({ series }) => (
              <LineChart
                height={170}
                sentence={t`Posts each quarter of an hour around ${began}.`}
                from={Date.parse(series.from)}
                stepMs={series.stepMinutes * 60_000}
                lines={[{ id: "posts", name: alarm.monitor.name, colour: "ink", values: series.posts }]}
                mark={{ at: Date.parse(alarm.beganAt), word: t`alarm ${began}` }}
              />
            )}
          </Fetched>
          <Parts alarm={alarm} />
        </div>
        {story.data && story.data.posts.length > 0 ? (
          <TrendPosts posts={story.data.posts} label={t`Posts that show it`} />
        ) : null}
      </div>
      <CloseDialog alarm={alarm} open={closing} onClose={() => setClosing(false)} />
    </Card>
  );
}

function Parts({ alarm }: { alarm: Alarm }) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useTrendWords();
  const time = useTimeWords();
  const p = alarm.parts;
  const judged = p.posts - p.noise;
  const [seen, usual, negative, of] = [
    words.number(p.seen),
    words.tenth(p.expected),
    words.number(p.negative),
    words.number(judged),
  ];
  const [passedOn, posts, followers, known] = [p.passedOn, p.posts, p.reach.followers, p.reach.authors].map(
    words.number,
  );
  const most = words.number(p.reach.most);
  const [from, to] = [time.weekdayTime(p.from), time.weekdayTime(p.to)];
  const risks = Object.entries(p.risks).map(([risk, count]) => `${risk} ${words.number(count)}`);
  return (
    <div className={css.stack}>
      <Facts
        rows={[
          { name: t`In the first quarter of an hour`, value: t`${seen}, ${usual} usual` },
          { name: t`Posts`, value: posts },
          { name: t`People`, value: words.number(p.authors) },
          {
            name: t`Angry or sad`,
            value: judged < 10 ? t`${negative} of ${of}: too few posts` : t`${negative} of ${of}`,
          },
          { name: t`Passed on`, value: t`${passedOn} of ${posts}` },
          {
            name: t`Followers of the writers`,
            value:
              p.reach.authors === 0 ? t`not told by the network` : t`${followers} of ${known} people, at most ${most}`,
          },
          ...(risks.length > 0 ? [{ name: t`People whose words carry a risk`, value: list(risks) }] : []),
        ]}
      />
      <p className={css.hint}>{t`Counted from ${from} to ${to}. There is no score that adds these up.`}</p>
    </div>
  );
}

function CloseDialog({ alarm, open, onClose }: { alarm: Alarm; open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const [how, setHow] = useState<"dealt-with" | "nothing">("dealt-with");
  const [says, setSays] = useState("");
  const close = useCommand({
    run: closeAlarm,
    invalidates: touched,
    onDone: () => {
      onClose();
      toasts.add({ text: t`Closed. It rings again for what is graver, or after its quiet time.` });
    },
  });
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Close the alarm of “${alarm.monitor.name}”`}
      width={460}
      foot={
        <>
          <Button onClick={onClose}>{t`Leave it open`}</Button>
          <Button
            look="primary"
            busy={close.busy}
            onClick={() => close.send({ id: alarm.id, expectedVersion: alarm.version, how, says: says.trim() })}
          >{t`Close it`}</Button>
        </>
      }
    >
      <div className={css.stack}>
        {close.problem ? <ProblemNotice problem={close.problem} safe={t`Your words are safe here.`} /> : null}
        <Select
          label={t`What came of it`}
          value={how}
          options={[
            { value: "dealt-with", label: t`It is dealt with` },
            { value: "nothing", label: t`It was nothing` },
          ]}
          onChange={setHow}
        />
        <TextArea
          label={t`In a few words, for the record`}
          rows={3}
          maxLength={500}
          value={says}
          onChange={(event) => setSays(event.target.value)}
        />
      </div>
    </Dialog>
  );
}
