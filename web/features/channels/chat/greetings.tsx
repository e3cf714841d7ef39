import { Trans, useLingui } from "@lingui/react/macro";
import { newId } from "../../../shared/api/new-id.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Checkbox, TextArea, TextField } from "../../../shared/ui/field.tsx";
import css from "./chat-page.module.css";
import type { Greeting } from "./chat-query.ts";
import { withWords, wordsIn } from "./words.ts";

const MOST = 20;

type GreetingsProps = {
  greetings: readonly Greeting[];
  /** "": the words for everybody else. */
  language: string;
  onChange: (greetings: Greeting[]) => void;
};

/** What the chat says by itself, on which pages and after how long. */
export function Greetings({ greetings, language, onChange }: GreetingsProps) {
  const { t } = useLingui();
  const change = (place: number, to: Greeting) => onChange(greetings.map((one, at) => (at === place ? to : one)));
  const add = () =>
    onChange([...greetings, { id: newId(), text: "", texts: {}, afterMs: 15_000, onPath: "", onlyWhenOpen: true }]);
  return (
    <div className={css.form}>
      {greetings.map((one, place) => (
        <fieldset key={one.id} className={css.greeting}>
          <legend>{t`Greeting ${place + 1}`}</legend>
          <TextArea
            label={t`Words`}
            rows={2}
            maxLength={300}
            lang={language || undefined}
            value={wordsIn(one, language)}
            placeholder={language === "" ? t`Can I help you choose?` : one.text}
            fault={one.text.trim() === "" && language !== "" ? t`Give the words for everybody else first.` : undefined}
            onChange={(event) => change(place, withWords(one, language, event.target.value))}
          />
          <div className={css.pair}>
            <TextField
              label={t`After … seconds`}
              inputMode="numeric"
              type="number"
              min={0}
              max={3_600}
              value={String(Math.round(one.afterMs / 1_000))}
              onChange={(event) =>
                change(place, {
                  ...one,
                  afterMs: Math.min(Math.max(Number(event.target.value) || 0, 0), 3_600) * 1_000,
                })
              }
            />
            <TextField
              label={t`On pages that begin with`}
              placeholder={t`all pages`}
              maxLength={200}
              dir="ltr"
              value={one.onPath}
              onChange={(event) => change(place, { ...one, onPath: event.target.value.trim() })}
            />
          </div>
          <div className={css.foot}>
            <Checkbox checked={one.onlyWhenOpen} onChange={(onlyWhenOpen) => change(place, { ...one, onlyWhenOpen })}>
              {t`Only while the chat is open`}
            </Checkbox>
            <Button
              size="small"
              look="bare"
              aria-label={t`Take it away: greeting ${place + 1}`}
              onClick={() => onChange(greetings.filter((_, at) => at !== place))}
            >
              <Trans>Take it away</Trans>
            </Button>
          </div>
        </fieldset>
      ))}
      <div className={css.acts}>
        <Button size="small" icon="plus" disabled={greetings.length >= MOST} onClick={add}>
          <Trans>Add a greeting</Trans>
        </Button>
      </div>
      <p className="small mid">
        <Trans>
          A visitor is greeted once a day at most, and never while talking already. Where several fit, the one for the
          longest path is said.
        </Trans>
      </p>
    </div>
  );
}
