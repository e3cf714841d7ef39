import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Remedy, Wallboard } from "#contracts/supervision";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import css from "./remedies.module.css";
import { useBoardWords } from "./use-board-words.ts";

type RemediesProps = {
  board: Wallboard;
  lends: boolean;
  onLend: (remedy: Remedy) => void;
  onPerson: (agentId: string) => void;
};

/** What would help, each with the clear time there would be. */
export function Remedies({ board, lends, onLend, onPerson }: RemediesProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useBoardWords();
  const names = (remedy: Remedy) => list(remedy.agents.map((agent) => agent.name));
  const queueOf = (remedy: Remedy) => board.queues.find((queue) => queue.id === remedy.queueId)?.name ?? "";
  const said = (remedy: Remedy): string => {
    const n = remedy.agents.length;
    if (remedy.kind === "wake") return t`Ask who is missing to come back`;
    if (remedy.kind === "call-in") return t`${plural(n, { one: "Call # in", other: "Call # in" })}`;
    return t`Let ${remedy.teamName ?? ""} help`;
  };
  return (
    <section className={css.help} aria-labelledby="what-would-help">
      <h3 id="what-would-help">{t`What would help`}</h3>
      {board.remedies.length === 0 ? (
        <p className="small mid">
          {board.clear.state === "clear"
            ? t`Nothing is needed: there is room for all that waits.`
            : t`Nobody else could serve what waits. Take in what can wait, or tell customers that it takes longer.`}
        </p>
      ) : (
        <ul>
          {board.remedies.map((remedy) => (
            <li key={`${remedy.kind} ${remedy.queueId}`}>
              <span>{said(remedy)}</span>
              <span className={css.clear}>
                {remedy.clear.state === "grows" ? t`grows slower` : words.clear(remedy.clear)}
              </span>
              <small>{t`${queueOf(remedy)}: ${names(remedy)}`}</small>
              {remedy.kind === "lend" ? (
                lends ? (
                  <Button size="small" look="soft" onClick={() => onLend(remedy)}>{t`Lend`}</Button>
                ) : null
              ) : (
                <Button size="small" look="soft" onClick={() => onPerson(remedy.agents[0]?.id ?? "")}>{t`See`}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
