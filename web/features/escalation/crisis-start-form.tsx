import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useSession } from "../../shared/session/session.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Checkbox, Select, TextArea, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import { agentsQuery, brandsQuery, startCrisis } from "./escalation-query.ts";

type StartProps = { topic?: string | undefined; brandId?: string | undefined; onDone: () => void };

/** Topic, who speaks, and whether publishing waits. `topic`, `brandId`: what stands there at first. */
export function CrisisStartForm({ topic: first = "", brandId: firstBrand = "", onDone }: StartProps) {
  const { t } = useLingui();
  const me = useSession().agent.id;
  const client = useQueryClient();
  const brands = useQuery(brandsQuery).data?.brands ?? [];
  const agents = (useQuery(agentsQuery).data?.agents ?? []).filter((a) => a.state === "active");
  const [brand, setBrand] = useState(String(firstBrand));
  const [topic, setTopic] = useState(String(first).slice(0, 120));
  const [speaker, setSpeaker] = useState(me);
  const [pause, setPause] = useState(true);
  const [holding, setHolding] = useState("");
  const [tried, setTried] = useState(false);
  const start = useCommand({
    // Whoever is quicker than the list of brands is not told to press again: in a crisis nobody looks twice.
    run: async (wish: Parameters<typeof startCrisis>[0], commandId) =>
      startCrisis(
        { ...wish, brandId: wish.brandId || ((await client.ensureQueryData(brandsQuery)).brands[0]?.id ?? "") },
        commandId,
      ),
    invalidates: () => [["crises"], ["alerts"], ["channels"]],
    onDone: () => {
      toasts.add({ text: t`The playbook runs. Every desk says so.` });
      onDone();
    },
  });
  const brandId = brand || brands[0]?.id || "";
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!topic.trim() || start.busy) return;
    start.send({ brandId, topic: topic.trim(), spokespersonId: speaker, pause, holding, conversationIds: [] });
  }
  return (
    <form className={css.form} onSubmit={submit} noValidate>
      {start.problem ? <ProblemNotice problem={start.problem} safe={t`Your words are safe here.`} /> : null}
      <div className={css.pair}>
        <TextField
          label={t`Topic`}
          hint={t`As it stands on every desk: “Outage in the north”.`}
          maxLength={120}
          autoFocus
          value={topic}
          onChange={(event) => setTopic(event.target.value)}
          fault={tried && !topic.trim() ? t`Name it in a few words.` : undefined}
        />
        {brands.length > 1 ? (
          <Select
            label={t`Brand`}
            value={brandId}
            options={brands.map((b) => ({ value: b.id, label: b.name }))}
            onChange={setBrand}
          />
        ) : null}
        <Select
          label={t`Who speaks in public on it`}
          hint={t`Others answer in private.`}
          value={speaker}
          options={agents.map((a) => ({ value: a.id, label: a.name }))}
          onChange={setSpeaker}
        />
      </div>
      <Checkbox
        checked={pause}
        onChange={setPause}
      >{t`Pause publishing: nothing of the brand goes out in public but what this person answers`}</Checkbox>
      <TextArea
        label={t`Holding statement`}
        hint={t`At hand in the composer of every conversation on the topic. It is never sent by itself.`}
        rows={3}
        maxLength={2_000}
        value={holding}
        onChange={(event) => setHolding(event.target.value)}
      />
      <div className={css.acts}>
        <Button look="stop" type="submit" busy={start.busy}>{t`Start it`}</Button>
        <Button onClick={onDone}>{t`Leave it`}</Button>
      </div>
    </form>
  );
}
