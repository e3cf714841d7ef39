import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import type { QueueView } from "#contracts/routing";
import { api } from "../../shared/api/api.ts";
import { presenceQuery } from "../../shared/api/presence-query.ts";
import { useSending } from "../../shared/api/use-sending.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { FetchFault } from "../../shared/ui/fetched.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
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
  /** Does it; whoever opened this closes it when it is done. */
  onAssign: (to: AssignTo, note: string) => Promise<unknown>;
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
  const [asked, waiting] = [useQuery(presenceQuery), useQuery(queuesQuery)];
  const [presence, queues] = [asked.data, waiting.data];
  const box = useRef<HTMLDivElement>(null);
  const sending = useSending();
  const assign = (to: AssignTo) => sending.send(() => onAssign(to, note));
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
  // The only one left: Enter means nobody else. Not before both lists are there.
  const one = presence && queues && find.trim() !== "" && agents.length + shownQueues.length === 1;
  function onKey(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
    const first = box.current?.querySelector<HTMLElement>("[data-whom]");
    if (!first) return;
    event.preventDefault();
    if (event.key === "ArrowDown" || !one) first.focus();
    else first.click();
  }
  function onMove(event: KeyboardEvent<HTMLDivElement>): void {
    const all = [...(box.current?.querySelectorAll<HTMLElement>("[data-whom]") ?? [])];
    const at = all.indexOf(event.target as HTMLElement);
    const to = event.key === "ArrowDown" ? all[at + 1] : event.key === "ArrowUp" ? all[at - 1] : undefined;
    if (at < 0 || !to) return;
    event.preventDefault();
    to.focus();
  }
  const tenths = (n: number) => (n / 10).toLocaleString(i18n.locale, { maximumFractionDigits: 1 });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows move among the buttons in it, which act by themselves.
    <div className={css.choice} ref={box} onKeyDown={onMove}>
      {sending.problem ? <ProblemNotice problem={sending.problem} safe={t`Your words are safe here.`} /> : null}
      <TextField
        label={t`Find`}
        value={find}
        autoFocus
        onChange={(event) => setFind(event.target.value)}
        onKeyDown={onKey}
      />
      <TextField
        label={t`A note for them`}
        hint={t`Only the team reads it.`}
        value={note}
        maxLength={2_000}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={onKey}
      />
      <p className="small mid" role="status">
        {sending.busy ? t`One moment.` : null}
      </p>
      <h3 className="small mute">{t`Colleagues`}</h3>
      <FetchFault query={asked} />
      {asked.isPending ? <Skeleton shape="rows" count={4} /> : null}
      <ul className={css.list} aria-busy={sending.busy}>
        {agents.map((agent) => (
          <li key={agent.agentId}>
            <button
              type="button"
              className={css.one}
              data-whom
              onClick={() => assign({ kind: "agent", agentId: agent.agentId, name: agent.name })}
            >
              <Avatar name={agent.name} us />
              <span className="grow">
                <bdi className="strong">{agent.agentId === me ? t`${agent.name} (me)` : agent.name}</bdi>{" "}
                <span className="small mute">{states[agent.state] ?? agent.state}</span>
              </span>
              <span className="num small mid">
                {tenths(agent.load)} / {tenths(agent.budget)}
              </span>
              {one ? <KeyHint keys="enter" /> : null}
            </button>
          </li>
        ))}
      </ul>
      <h3 className="small mute">{t`Queues`}</h3>
      <FetchFault query={waiting} />
      {waiting.isPending ? <Skeleton shape="rows" count={2} /> : null}
      <ul className={css.list} aria-busy={sending.busy}>
        {shownQueues.map((queue) => (
          <li key={queue.id}>
            <button
              type="button"
              className={css.one}
              data-whom
              onClick={() => assign({ kind: "queue", queueId: queue.id, name: queue.name })}
            >
              <Icon name="inbox" />
              <span className="grow">
                <bdi className="strong">{queue.name}</bdi>{" "}
                {queue.open ? null : <span className="small mute">{t`closed now`}</span>}
              </span>
              <span className="num small mid">{t`${plural(queue.waiting, { one: "# waits", other: "# wait" })}`}</span>
              {one ? <KeyHint keys="enter" /> : null}
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
