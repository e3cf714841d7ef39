import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { Checkbox, TextArea } from "../../../shared/ui/field.tsx";
import css from "./chat-page.module.css";
import type { Settings } from "./chat-query.ts";
import { noticeChanged, withWords, wordsIn } from "./words.ts";

type Notice = Settings["consent"];
type ConsentProps = {
  before: Notice;
  consent: Notice;
  language: string;
  /** Agents see the page on which the visitor is: the notice should say so. */
  tellsPages: boolean;
  asksAnew: boolean;
  onAsksAnew: (on: boolean) => void;
  fault: string | undefined;
  onChange: (consent: Notice) => void;
};

/** What a visitor agrees to before anything may be sent; who agreed to which words and when is kept. */
export function Consent({
  before,
  consent,
  language,
  tellsPages,
  asksAnew,
  onAsksAnew,
  fault,
  onChange,
}: ConsentProps) {
  const { t } = useLingui();
  const pages = t`While you chat, our agents see on which of our pages you are. It is forgotten a day after your visit.`;
  const said = wordsIn(consent, language);
  return (
    <Card title={t`Consent`}>
      <div className={css.form}>
        <Checkbox checked={consent.required} onChange={(required) => onChange({ ...consent, required })}>
          {t`Visitors agree to a notice before they can write`}
        </Checkbox>
        {consent.required ? (
          <>
            <TextArea
              label={t`The notice`}
              rows={4}
              maxLength={2_000}
              lang={language || undefined}
              value={said}
              placeholder={
                language === "" ? t`What is kept of what they write, for how long, and whom to ask.` : consent.text
              }
              fault={fault ?? (consent.text.trim() === "" ? t`Say what they agree to.` : undefined)}
              onChange={(event) => onChange(withWords(consent, language, event.target.value))}
            />
            {tellsPages && language === "" && !consent.text.includes(pages) ? (
              <div className={css.acts}>
                <Button
                  size="small"
                  onClick={() => onChange(withWords(consent, "", `${consent.text.trimEnd()} ${pages}`.trimStart()))}
                >
                  <Trans>Add that agents see the visitor's page</Trans>
                </Button>
              </div>
            ) : null}
            {noticeChanged(before, consent) && before.required ? (
              <Checkbox checked={asksAnew} onChange={onAsksAnew}>
                {t`Ask those who agreed before once more`}
              </Checkbox>
            ) : null}
          </>
        ) : null}
      </div>
    </Card>
  );
}
