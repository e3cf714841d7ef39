import { useLingui } from "@lingui/react/macro";
import { renderAcknowledgement, roundUp, saysWhen } from "#shared/acknowledgement";
import { useNow } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextArea, TextField } from "../../shared/ui/field.tsx";
import { type AckText, faultsOfText, mediaOfTexts, type TextFault, type TextMedium } from "./acknowledge-draft.ts";
import css from "./queues-page.module.css";

const HOUR = 3_600_000;

type AcknowledgeTextProps = {
  text: AckText;
  nth: number;
  before: readonly AckText[];
  company: string;
  onEdit: (to: AckText) => void;
  onDrop: (() => void) | null;
};

/** One text, what the rules of wording say to it, and how a customer would read it. */
export function AcknowledgeText({ text, nth, before, company, onEdit, onDrop }: AcknowledgeTextProps) {
  const { t } = useLingui();
  const now = useNow("minute");
  const faults = faultsOfText(text, before);
  // In the words of a screen these would be blanks to fill in.
  const [mark, whenMark] = ["{company}", "{when}"];
  const words: Record<TextFault, string> = {
    "no-company": t`Name the company: write ${mark} where its name goes.`,
    "no-time": t`Say when a person will come: write ${whenMark} where the time goes.`,
    "not-automatic": t`Say that it is automatic, in this language.`,
    "looks-human": t`Do not end with a person's name: no person wrote it.`,
    "too-long": t`Use 280 characters at most.`,
    locale: t`Write a language as “en” or “pt-BR”.`,
    twice: t`There is a text for this language and kind of work already.`,
  };
  const ofFields = new Set<TextFault>(["locale", "twice"]);
  const media: Record<TextMedium | "", string> = {
    "": t`All that have no text of their own`,
    chat: t`Chats`,
    dm: t`Private messages`,
    email: t`Mails, topics and reviews`,
    public: t`Posts in public`,
  };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const shown = faults.includes("locale")
    ? null
    : renderAcknowledgement(
        [{ ...text, medium: null }],
        { language: text.locale },
        {
          company,
          when: (locale) => saysWhen(roundUp(now + 2 * HOUR), now, locale, zone),
        },
      );
  const wording = faults.filter((fault) => !ofFields.has(fault));
  const placed = faults.find((fault) => ofFields.has(fault));
  return (
    <fieldset className={css.part}>
      <legend className={css.legend}>{t`Text ${nth}`}</legend>
      <span className={css.fields}>
        <TextField
          label={t`Language`}
          value={text.locale}
          maxLength={35}
          spellCheck={false}
          fault={placed ? words[placed] : null}
          onChange={(event) => onEdit({ ...text, locale: event.target.value.trim() })}
        />
        <Select
          label={t`For`}
          value={text.medium ?? ""}
          options={(["", ...mediaOfTexts] as const).map((value) => ({ value, label: media[value] }))}
          onChange={(medium) => onEdit({ ...text, medium: medium === "" ? null : medium })}
        />
      </span>
      <span className={css.wide}>
        <TextArea
          label={t`Words`}
          rows={3}
          lang={text.locale}
          value={text.text}
          hint={t`${mark} and ${whenMark} are put in as it is sent. ${text.text.length} of 280 characters.`}
          fault={wording.length > 0 ? wording.map((fault) => words[fault]).join(" ") : null}
          onChange={(event) => onEdit({ ...text, text: event.target.value })}
        />
      </span>
      {shown && wording.length === 0 ? (
        <figure className={css.preview}>
          <figcaption className="micro mute">{t`As a customer would read it`}</figcaption>
          <blockquote lang={text.locale} dir="auto">
            {shown.text}
          </blockquote>
        </figure>
      ) : null}
      {onDrop ? (
        <Button
          size="small"
          look="bare"
          icon="close"
          className={css.start}
          onClick={onDrop}
          aria-label={t`Take out text ${nth}`}
        >
          {t`Take out`}
        </Button>
      ) : null}
    </fieldset>
  );
}
