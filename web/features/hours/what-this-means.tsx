import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { SlaPolicyView, SlaView } from "#contracts/sla";
import { asProblem } from "../../shared/api/problem.ts";
import { regionOf } from "../../shared/time/format.ts";
import { Card } from "../../shared/ui/card.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./hours-page.module.css";
import { meansQuery } from "./hours-query.ts";
import { instantIn, lastFriday } from "./sla-form.ts";
import { useSlaWords } from "./use-sla-words.ts";

type Names = { id: string; name: string }[];
type MeansProps = { policy: SlaPolicyView | null; view: SlaView; calendars: Names; brands: Names };

/** One message, and when it is due by what stands in the editor now, saved or not. */
export function WhatThisMeans({ policy, view, brands }: MeansProps) {
  const { t, i18n } = useLingui();
  const words = useSlaWords();
  const [at, setAt] = useState(() => lastFriday(Date.now()));
  const [brandId, setBrandId] = useState(brands[0]?.id ?? "");
  const [queueId, setQueueId] = useState(view.queues[0]?.id ?? "");
  const [priority, setPriority] = useState("normal");
  const [medium, setMedium] = useState("public");
  // The queue's zone is known with the first answer; until then this machine's.
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const instant = instantIn(zone, at);
  const asked = useDeferredValue(
    policy && instant !== null && brandId && queueId
      ? { policy, at: new Date(instant).toISOString(), brandId, queueId, priority, medium }
      : null,
  );
  const means = useQuery(meansQuery(asked));
  const found = means.data;
  if (found && found.zone !== zone) setZone(found.zone);
  const format = new Intl.DateTimeFormat(regionOf(i18n.locale, navigator.languages), {
    ...{ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    timeZone: zone,
  });
  const say = (moment: string) => <b className="num">{format.format(Date.parse(moment))}</b>;
  const name = (list: Names, id: string) => list.find((one) => one.id === id)?.name ?? "";
  return (
    <Card title={t`What this means`}>
      <div className={css.means}>
        <div className={css.meansFor}>
          <Select label={t`Medium`} value={medium} options={options(words.mediums)} onChange={setMedium} />
          <Select label={t`Priority`} value={priority} options={options(words.priorities)} onChange={setPriority} />
          <Select label={t`Brand`} value={brandId} options={options(brands)} onChange={setBrandId} />
          <Select label={t`Queue`} value={queueId} options={options(view.queues)} onChange={setQueueId} />
        </div>
        <TextField
          type="datetime-local"
          label={t`Written (${zone})`}
          value={at}
          onChange={(event) => setAt(event.target.value)}
        />
        {means.isError ? <ProblemNotice problem={asProblem(means.error)} /> : null}
        {!policy ? (
          <p className="mid">
            <Trans>Something in the targets cannot be read yet.</Trans>
          </p>
        ) : null}
        {found && asked ? (
          <div aria-live="polite" className={css.means}>
            <p className={css.sentence}>
              <Trans>
                Written {say(asked.at)} ({name(words.mediums, asked.medium)}, {name(words.priorities, asked.priority)}),
                it is due {say(found.firstResponseDue)}.
              </Trans>
            </p>
            <p className="small mid">
              <Trans>An answer to what they say next would be due {say(found.nextResponseDue)}.</Trans>{" "}
              {found.resolutionDue ? <Trans>Solved by {say(found.resolutionDue)}.</Trans> : null}
            </p>
            {found.warnAt.length > 0 ? (
              <p className="small mid">
                <Trans>Warnings:</Trans>{" "}
                <span className="num">{found.warnAt.map((one) => format.format(Date.parse(one))).join(" · ")}</span>
              </p>
            ) : null}
            <p className="small mid">
              {found.row === null ? <Trans>By the queue's own targets.</Trans> : <Trans>By “{found.row}”.</Trans>}
            </p>
          </div>
        ) : null}
      </div>
    </Card>
  );
}

const options = (list: Names) => list.map(({ id, name }) => ({ value: id, label: name }));
