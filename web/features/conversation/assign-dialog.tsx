import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { QueueView } from "#contracts/routing";
import { api } from "../../shared/api/api.ts";
import { presenceQuery } from "../../shared/api/presence-query.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./picker.module.css";
import type { AssignTo } from "./use-conversation-acts.ts";

const queuesQuery = queryOptions({
  queryKey: ["queues"],
  queryFn: ({ signal }) => api.get<{ queues: QueueView[] }>("/api/queues", undefined, signal),
  staleTime: 30_000,
});

type AssignProps = {
  open: boolean;
  me: string;
  onClose: () => void;
  onAssign: (to: AssignTo, note: string) => void;
};

/** To whom? Colleagues with what they carry, and queues with what waits. One press hands it over. */
export function AssignDialog({ open, me, onClose, onAssign }: AssignProps) {
  const { t } = useLingui();
  return (
    <Dialog open={open} onClose={onClose} title={t`Assign to`} width={480}>
      <Choice me={me} onAssign={onAssign} />
    </Dialog>
  );
}

function Choice({ me, onAssign }: Pick<AssignProps, "me" | "onAssign">) {
  const { t, i18n } = useLingui();
  const [find, setFind] = useState("");
  const [note, setNote] = useState("");
  const { data: presence } = useQuery(presenceQuery);
  const { data: queues } = useQuery(queuesQuery);
  const states: Record<string, string> = {
    available: t`available`,
    busy: t`busy`,
    break: t`on a break`,
    training: t`in training`,
    away: t`away`,
    "not-responding": t`not answering`,
    offline: t`not here`,
  };
  const fits = (name: string) => name.toLocaleLowerCase().includes(find.trim().toLocaleLowerCase());
  const agents = (presence?.agents ?? [])
    .filter((agent) => fits(agent.name))
    .toSorted((a, b) => Number(b.state === "available") - Number(a.state === "available") || a.load - b.load);
  const shownQueues = (queues?.queues ?? []).filter((queue) => fits(queue.name));
  const tenths = (n: number) => (n / 10).toLocaleString(i18n.locale, { maximumFractionDigits: 1 });
  return (
    <div className={css.choice}>
      <TextField label={t`Find`} value={find} autoFocus onChange={(event) => setFind(event.target.value)} />
      <TextField
        label={t`A note for them`}
        hint={t`Only the team reads it.`}
        value={note}
        maxLength={2_000}
        onChange={(event) => setNote(event.target.value)}
      />
      <h3 className="small mute">{t`Colleagues`}</h3>
      <ul className={css.list}>
        {agents.map((agent) => (
          <li key={agent.agentId}>
            <button
              type="button"
              className={css.one}
              onClick={() => onAssign({ kind: "agent", agentId: agent.agentId, name: agent.name }, note)}
            >
              <Avatar name={agent.name} us />
              <span className="grow">
                <bdi className="strong">{agent.agentId === me ? t`${agent.name} (me)` : agent.name}</bdi>{" "}
                <span className="small mute">{states[agent.state] ?? agent.state}</span>
              </span>
              <span className="num small mid">
                {tenths(agent.load)} / {tenths(agent.budget)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <h3 className="small mute">{t`Queues`}</h3>
      <ul className={css.list}>
        {shownQueues.map((queue) => (
          <li key={queue.id}>
            <button
              type="button"
              className={css.one}
              onClick={() => onAssign({ kind: "queue", queueId: queue.id, name: queue.name }, note)}
            >
              <Icon name="inbox" />
              <span className="grow">
                <bdi className="strong">{queue.name}</bdi>{" "}
                {queue.open ? null : <span className="small mute">{t`closed now`}</span>}
              </span>
              <span className="num small mid">{t`${plural(queue.waiting, { one: "# waits", other: "# wait" })}`}</span>
            </button>
          </li>
        ))}
      </ul>
      {agents.length + shownQueues.length === 0 && presence && queues ? (
        <p className="small mid">{t`Nobody and no queue is called that.`}</p>
      ) : null}
    </div>
  );
}
