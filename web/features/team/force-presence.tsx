import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { PresenceView } from "#contracts/workforce";
import { useCommand } from "../../shared/api/use-command.ts";
import { useSpanEnd } from "../../shared/api/use-span-end.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { Popover } from "../../shared/ui/popover.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./team-page.module.css";
import { type ForcedState, forcePresence } from "./team-query.ts";
import { usePresenceWords } from "./use-presence-words.ts";

const STATES: readonly ForcedState[] = ["available", "busy", "break", "training", "away", "offline"];
const SPANS = ["", "15", "30", "60", "120"] as const;

/** Another agent's presence changed by a supervisor; the reason is shown to both and kept in the audit log. */
export function ForcePresence({ agent }: { agent: PresenceView }) {
  const { t } = useLingui();
  return (
    <Popover
      label={t`Change the presence of ${agent.name}`}
      placement="bottom end"
      trigger={
        <Button size="small" look="soft" aria-label={t`Change the presence of ${agent.name}`}>
          <Trans>Change</Trans>
        </Button>
      }
    >
      {(close) => <ForceForm agent={agent} onDone={close} />}
    </Popover>
  );
}

function ForceForm({ agent, onDone }: { agent: PresenceView; onDone: () => void }) {
  const { t } = useLingui();
  const words = usePresenceWords();
  const options = STATES.filter((state) => state !== agent.state);
  const [state, setState] = useState<ForcedState>(options[0] ?? "available");
  const [span, setSpan] = useState<(typeof SPANS)[number]>("");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const endOf = useSpanEnd();
  const force = useCommand({
    run: forcePresence,
    invalidates: () => [["presence"]],
    onDone: () => {
      toasts.add({ text: t`${agent.name}: ${words[state]}.` });
      onDone();
    },
  });
  const ends = state !== "available" && state !== "offline";

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (reason.trim() === "" || force.busy) return;
    const until = ends && span !== "" ? endOf(Number(span), force.problem) : null;
    force.send({ agentId: agent.agentId, state, until, reason: reason.trim() });
  }

  return (
    <form className={css.form} onSubmit={onSubmit} noValidate>
      {force.problem ? <ProblemNotice problem={force.problem} /> : null}
      <Select
        label={t`Presence`}
        value={state}
        options={options.map((value) => ({ value, label: words[value] }))}
        onChange={setState}
      />
      {ends ? (
        <Select
          label={t({ message: "For", context: "how long" })}
          value={span}
          options={SPANS.map((value) => ({ value, label: value === "" ? t`until it is changed` : t`${value} min` }))}
          onChange={setSpan}
        />
      ) : null}
      <TextField
        label={t`Reason`}
        hint={t`${agent.name} reads it.`}
        maxLength={200}
        value={reason}
        fault={tried && reason.trim() === "" ? t`Say why, in a few words.` : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" look="primary" busy={force.busy}>
        <Trans>Change the presence</Trans>
      </Button>
    </form>
  );
}
