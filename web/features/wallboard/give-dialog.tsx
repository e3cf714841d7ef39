import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Wallboard } from "#contracts/supervision";
import { useSending } from "../../shared/api/use-sending.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import css from "./dialogs.module.css";
import { useBoardWords } from "./use-board-words.ts";
import type { Act } from "./wallboard-query.ts";

type GiveTo = Extract<Act, { kind: "give" }>["to"];
type GiveProps = {
  board: Wallboard;
  title: string;
  me: string;
  onClose: () => void;
  onGive: (to: GiveTo, name: string) => Promise<unknown>;
};

/** To whom? Whoever has most room first, then the queues. */
export function GiveDialog({ board, title, me, onClose, onGive }: GiveProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const [find, setFind] = useState("");
  const sending = useSending();
  const fits = (name: string) => name.toLocaleLowerCase().includes(find.trim().toLocaleLowerCase());
  const people = board.people
    .filter((person) => fits(person.name))
    .toSorted(
      (a, b) =>
        Number(b.state === "available") - Number(a.state === "available") ||
        Number(a.state === "offline") - Number(b.state === "offline") ||
        b.budget - b.load - (a.budget - a.load),
    );
  const queues = board.queues.filter((queue) => fits(queue.name));
  return (
    <Dialog open onClose={onClose} title={title} width={460}>
      <div className={css.form}>
        <TextField label={t`Find`} value={find} autoFocus onChange={(event) => setFind(event.target.value)} />
        {sending.problem ? <ProblemNotice problem={sending.problem} /> : null}
        <p className="small mid" role="status">
          {sending.busy ? t`One moment.` : null}
        </p>
        <ul className={css.list} aria-busy={sending.busy}>
          {people.map((person) => (
            <li key={person.agentId}>
              <button
                type="button"
                className={css.one}
                onClick={() => sending.send(() => onGive({ kind: "agent", agentId: person.agentId }, person.name))}
              >
                <Avatar name={person.name} us />
                <span className="grow">
                  <bdi className="strong">{person.agentId === me ? t`${person.name} (me)` : person.name}</bdi>{" "}
                  <span className="small mute">{words.states[person.state]}</span>
                </span>
                <span className="num small mid">
                  {words.units(person.load / 10)} / {words.units(person.budget / 10)}
                </span>
              </button>
            </li>
          ))}
          {queues.map((queue) => (
            <li key={queue.id}>
              <button
                type="button"
                className={css.one}
                onClick={() => sending.send(() => onGive({ kind: "queue", queueId: queue.id }, queue.name))}
              >
                <Icon name="inbox" />
                <span className="grow">
                  <bdi className="strong">{queue.name}</bdi>{" "}
                  {queue.open ? null : <span className="small mute">{t`closed now`}</span>}
                </span>
                <span className="num small mid">{t`${words.number(queue.waiting)} wait`}</span>
              </button>
            </li>
          ))}
        </ul>
        {people.length + queues.length === 0 ? (
          <p className="small mid">{t`Nobody and no queue is called that.`}</p>
        ) : null}
      </div>
    </Dialog>
  );
}
