import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/api.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import type { HandOff } from "./check-reply.ts";
import css from "./composer.module.css";

type HandOffProps = {
  conversationId: string;
  handOff: HandOff;
  text: string;
  signature: string;
  version: number;
  onDone: () => void;
};
type Said = { outcome: "answered" | "not-answered"; permalink: string; reason: string };

/** The last line of the composer where a person has to answer on the network's own page: carry the words over, come back, say what came of it. */
export default function HandOffActs({ conversationId, handOff, text, signature, version, onDone }: HandOffProps) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState<Said>({ outcome: "answered", permalink: "", reason: "" });
  const { place, url } = handOff;
  const full = [text.trimEnd(), signature].filter((part) => part !== "").join(" ");
  const record = useCommand<Said, unknown>({
    run: ({ outcome, permalink, reason }, commandId) =>
      api.post(
        `/api/desk/conversations/${conversationId}/hand-offs`,
        {
          answersMessageId: handOff.answersMessageId,
          outcome,
          text: outcome === "answered" ? text.trimEnd() : "",
          permalink: outcome === "answered" && permalink.trim() !== "" ? permalink.trim() : null,
          reason: outcome === "answered" ? "" : reason.trim(),
          expectedVersion: version,
        },
        { commandId },
      ),
    onDone: (_, { outcome }) => {
      toasts.add({ text: outcome === "answered" ? t`Your answer is kept with the conversation.` : t`Noted.` });
      void client.invalidateQueries({ queryKey: ["conversation", conversationId] });
      void client.invalidateQueries({ queryKey: ["work"] });
      setAsking(false);
      if (outcome === "answered") onDone();
    },
  });
  async function carry(): Promise<void> {
    // Before the copy: a browser opens a window only as the direct answer to a key or click.
    window.open(url, "_blank", "noopener,noreferrer");
    setAsking(true);
    await navigator.clipboard.writeText(full).then(
      () => announce(t`Copied. Paste it at ${place}, then say here what came of it.`),
      () => announce(t`The text could not be copied. Copy it by hand.`, true),
    );
  }
  return (
    <>
      <Button size="small" onClick={() => setAsking(true)}>{t`What came of it`}</Button>
      <Button
        look="public"
        icon="globe"
        refused={text.trim() === "" ? t`There is nothing to carry over yet.` : null}
        onClick={() => void carry()}
      >{t`Copy and open ${place}`}</Button>
      {asking ? (
        <Dialog open onClose={() => setAsking(false)} title={t`Did you answer at ${place}?`} width={460}>
          <form
            className={css.call}
            onSubmit={(event) => {
              event.preventDefault();
              record.send(said);
            }}
          >
            {record.problem ? <ProblemNotice problem={record.problem} safe={t`Your words are safe here.`} /> : null}
            <Select
              label={t`What came of it`}
              value={said.outcome}
              onChange={(outcome) => setSaid({ ...said, outcome })}
              options={[
                { value: "answered", label: t`Yes, my answer stands there` },
                { value: "not-answered", label: t`No, I did not answer there` },
              ]}
            />
            {said.outcome === "answered" ? (
              <TextField
                label={t`Its address, if it has one`}
                type="url"
                value={said.permalink}
                onChange={(event) => setSaid({ ...said, permalink: event.target.value })}
              />
            ) : (
              <TextField
                label={t`Why not`}
                value={said.reason}
                onChange={(event) => setSaid({ ...said, reason: event.target.value })}
              />
            )}
            <Button type="submit" look="primary" busy={record.busy}>
              {t({ message: "Keep it", context: "save" })}
            </Button>
          </form>
        </Dialog>
      ) : null}
    </>
  );
}
