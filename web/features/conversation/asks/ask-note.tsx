import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useKeyFor, useKeys } from "../../../shared/keys/use-keys.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import css from "./asks.module.css";
import { asksQuery } from "./asks-query.ts";
import { useAnswer } from "./use-answer.ts";
import { useAskWords } from "./use-ask-words.ts";

type NoteProps = { conversationId: string; messageId: string };

/** At a message whose place was a close call: where else it may belong, why, and a key for each answer. */
export default function AskNote({ conversationId, messageId }: NoteProps) {
  const { t } = useLingui();
  const asks = useQuery(asksQuery(conversationId)).data?.asks ?? [];
  const here = asks.filter((one) => one.conversation.id === conversationId);
  const ask = here.find((one) => one.messageId === messageId);
  const answer = useAnswer();
  const words = useAskWords();
  // Of several the one whose message has the focus is meant, else the first.
  const focused = () => document.activeElement?.closest<HTMLElement>("[data-entry]")?.dataset.entry;
  const meant = () => here.find((one) => one.messageId === focused()) ?? here[0];
  function decide(what: "there" | "here"): void {
    const one = meant();
    if (one && !answer.busy) answer.send({ ask: one, answer: what });
  }
  const first = here[0]?.messageId === messageId;
  const group = t`Together and apart`;
  useKeys(
    "screen",
    first
      ? [
          {
            id: "ask.there",
            keys: "b",
            label: t`It belongs where it was asked about`,
            group,
            run: () => decide("there"),
          },
          { id: "ask.here", keys: "shift+b", label: t`Leave it here, for good`, group, run: () => decide("here") },
        ]
      : [],
  );
  const keys = { there: useKeyFor("ask.there", "b"), here: useKeyFor("ask.here", "shift+b") };
  if (!ask) return null;
  const said = words(ask);
  return (
    <section className={css.note} aria-label={t`To be decided`}>
      <Icon name="split" size="small" />
      <p className={css.words}>
        <b>{said.question}</b> <bdi>{said.why}</bdi>
      </p>
      <span className={css.acts}>
        <Button size="small" keys={keys.there} busy={answer.busy} onClick={() => answer.send({ ask, answer: "there" })}>
          {said.there}
        </Button>
        <Button
          size="small"
          look="quiet"
          keys={keys.here}
          busy={answer.busy}
          onClick={() => answer.send({ ask, answer: "here" })}
        >
          {said.here}
        </Button>
      </span>
    </section>
  );
}
