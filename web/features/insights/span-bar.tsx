import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { useMay } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import { Popover } from "../../shared/ui/popover.tsx";
import { Segmented } from "../../shared/ui/tabs.tsx";
import { brandsQuery, type Narrowing, queuesQuery } from "./figures-query.ts";
import css from "./insights-page.module.css";
import { type CustomDays, faultOfDays, type SpanChoice } from "./spans.ts";

type SpanBarProps = {
  choice: SpanChoice;
  custom: CustomDays;
  /** "16 to 22 Nov" */
  said: string;
  narrowing: Narrowing;
  onSpan: (choice: SpanChoice, custom?: CustomDays) => void;
  onNarrow: (change: Narrowing) => void;
};

/** Which days, and of which brand, queue and network. */
export function SpanBar({ choice, custom, said, narrowing, onSpan, onNarrow }: SpanBarProps) {
  const { t } = useLingui();
  const brands = useQuery(brandsQuery).data?.brands ?? [];
  const queues = useQuery({ ...queuesQuery, enabled: useMay("work.read") }).data?.queues ?? [];
  const channels = useQuery({ ...channelsQuery, enabled: useMay("channel.read") }).data?.channels ?? [];
  const networks = [...new Set(channels.map((channel) => channel.network))].sort();

  const filter = (name: keyof Narrowing, label: string, all: string, options: { value: string; label: string }[]) =>
    options.length > 1 || narrowing[name] !== undefined ? (
      <Select
        label={label}
        labelHidden
        value={narrowing[name] ?? ""}
        options={[{ value: "", label: all }, ...options]}
        onChange={(value) => onNarrow({ [name]: value === "" ? undefined : value })}
      />
    ) : null;
  const named = (list: readonly { id: string; name: string }[]) =>
    list.map((one) => ({ value: one.id, label: one.name }));

  return (
    <div className={css.bar}>
      <Segmented
        label={t`Days`}
        chosen={choice}
        onChoose={(id) => onSpan(id)}
        tabs={[
          { id: "today" as const, label: t`Today` },
          { id: "7-days" as const, label: t`7 days` },
          { id: "30-days" as const, label: t`30 days` },
          { id: "26-weeks" as const, label: t`26 weeks` },
          ...(choice === "custom" ? [{ id: "custom" as const, label: said }] : []),
        ]}
      />
      <Popover
        label={t`Choose days`}
        trigger={
          <Button look="soft" icon="calendar">
            {choice === "custom" ? t`Other days` : t`Choose days`}
          </Button>
        }
      >
        {(close) => (
          <DaysForm
            custom={custom}
            onDays={(days) => {
              onSpan("custom", days);
              close();
            }}
          />
        )}
      </Popover>
      {filter("brandId", t`Brand`, t`All brands`, named(brands))}
      {filter("queueId", t`Queue`, t`All queues`, named(queues))}
      {filter(
        "network",
        t`Network`,
        t`All networks`,
        networks.map((network) => ({ value: network, label: networkSign(network).name })),
      )}
      {choice === "custom" ? null : <span className={`${css.said} num small mid`}>{said}</span>}
    </div>
  );
}

function DaysForm({ custom, onDays }: { custom: CustomDays; onDays: (days: CustomDays) => void }) {
  const { t } = useLingui();
  const [days, setDays] = useState(custom);
  const [tried, setTried] = useState(false);
  const fault = faultOfDays(days);
  const words = {
    "no-day": t`Name both days.`,
    "wrong-order": t`The first day lies after the last.`,
    "too-long": t`Two years at most.`,
  };

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (fault === null) onDays(days);
  }

  return (
    <form className={css.days} onSubmit={onSubmit} noValidate>
      <TextField
        label={t`First day`}
        type="date"
        value={days.first}
        onChange={(event) => setDays({ ...days, first: event.target.value })}
      />
      <TextField
        label={t`Last day`}
        type="date"
        value={days.last}
        fault={tried && fault ? words[fault] : undefined}
        onChange={(event) => setDays({ ...days, last: event.target.value })}
      />
      <Button type="submit" look="primary">
        <Trans>Show these days</Trans>
      </Button>
    </form>
  );
}
