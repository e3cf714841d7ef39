import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Checkbox, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./capacity.module.css";
import { type DraftFault, draftOf, profileFrom, toggleApart } from "./capacity-draft.ts";
import { CAPACITY_MOVES, type CapacityBook, type Kind, type Profile, saveProfile } from "./capacity-query.ts";
import { useKindWords } from "./use-kind-words.ts";

/** What is offered to be kept apart: kinds that can be in hands together at all. A call goes with nothing but mails anyway. */
const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ["chat", "dm"],
  ["chat", "public"],
  ["chat", "email"],
  ["dm", "public"],
];

type ProfileFormProps = { profile: Profile | null; kinds: CapacityBook["kinds"]; onClose: () => void };

/** A new profile, or one that is changed: how much in all, how many of each kind, and what does not go together. */
export function ProfileForm({ profile, kinds, onClose }: ProfileFormProps) {
  const { t } = useLingui();
  const words = useKindWords();
  const [draft, setDraft] = useState(() => draftOf(profile));
  const [tried, setTried] = useState(false);
  const save = useCommand({
    run: saveProfile,
    invalidates: CAPACITY_MOVES,
    onDone: (saved) => {
      toasts.add({
        text: profile
          ? t`${saved.name} counts as changed from now on.`
          : t`${saved.name} is there. Give it to a team or to agents.`,
      });
      onClose();
    },
  });
  const sent = profileFrom(
    draft,
    kinds.map((one) => one.kind),
  );
  const fault = typeof sent === "string" ? sent : null;
  const says = (of: DraftFault, text: string) => (tried && fault === of ? text : undefined);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (typeof sent === "string" || save.busy) return;
    save.send({ ...sent, id: profile?.id ?? null, expectedVersion: profile?.version ?? 0 });
  }

  return (
    <Card title={profile ? t`Change ${profile.name}` : t`Add a profile`}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {save.problem ? <ProblemNotice problem={save.problem} safe={t`What you wrote is safe here.`} /> : null}
        <div className={css.pair}>
          <TextField
            label={t`Name`}
            maxLength={80}
            autoFocus
            value={draft.name}
            fault={says("name", t`Name it, as people would call it.`)}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
          <TextField
            label={t`Budget, of 10`}
            type="number"
            inputMode="decimal"
            min={1}
            max={20}
            step={0.5}
            value={draft.budget}
            fault={says("budget", t`From 1 to 20; 10 is a full agent.`)}
            onChange={(event) => setDraft({ ...draft, budget: event.target.value })}
          />
        </div>
        <fieldset className={css.part}>
          <legend className={css.legend}>{t`At most, at a time`}</legend>
          <div className={css.caps}>
            {kinds.map(({ kind, weight, cap }) => (
              <TextField
                key={kind}
                label={words[kind]}
                hint={t`${weight / 10} each; usually ${cap}`}
                type="number"
                inputMode="numeric"
                min={0}
                max={50}
                placeholder={String(cap)}
                value={draft.caps[kind] ?? ""}
                onChange={(event) => setDraft({ ...draft, caps: { ...draft.caps, [kind]: event.target.value } })}
              />
            ))}
          </div>
          <p className="small mid">{t`0: never held out. Empty: the usual number.`}</p>
          {says("caps", "") === "" ? (
            <p className={css.fault} role="alert">{t`A cap is a whole number from 0 to 50.`}</p>
          ) : null}
          {says("nothing", "") === "" ? (
            <p className={css.fault} role="alert">{t`Nothing could be held out. Leave at least one kind above 0.`}</p>
          ) : null}
        </fieldset>
        <fieldset className={css.part}>
          <legend className={css.legend}>{t`Never in hands together`}</legend>
          <div className={css.pairs}>
            {PAIRS.map(([a, b]) => (
              <Checkbox
                key={`${a} ${b}`}
                checked={draft.apart.some((group) => group.includes(a) && group.includes(b))}
                onChange={() => setDraft({ ...draft, apart: toggleApart(draft.apart, a, b) })}
              >
                {t`${words[a]} and ${words[b]}`}
              </Checkbox>
            ))}
          </div>
          <p className="small mid">{t`A call is always alone; only mails wait beside it.`}</p>
        </fieldset>
        <div className="row wrap">
          <Button type="submit" look="primary" busy={save.busy}>
            {profile ? t`Save it for everybody who has it` : t`Add it`}
          </Button>
          <Button look="bare" onClick={onClose}>
            {t`Leave it`}
          </Button>
        </div>
      </form>
    </Card>
  );
}
