import { Trans, useLingui } from "@lingui/react/macro";
import type { ChatSetUp } from "#contracts/webchat";
import { Card } from "../../../shared/ui/card.tsx";
import { Checkbox, Select, TextField } from "../../../shared/ui/field.tsx";
import css from "./chat-page.module.css";
import type { Settings } from "./chat-query.ts";

const MOST_FILES = 5;
const MEGABYTE = 1_000_000;
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

type RulesProps = {
  setUp: ChatSetUp;
  settings: Settings;
  faultOf: (field: string) => string | undefined;
  onChange: (to: Partial<Settings>) => void;
};

/** When it is open, how it goes on by mail, which files it takes, and what agents see of the visit. */
export function Rules({ setUp, settings, faultOf, onChange }: RulesProps) {
  const { t } = useLingui();
  const { files, visit, emailContinuation, transcript } = settings;
  const takesFiles = files.maxCount > 0;
  const kinds = [
    { label: t`Pictures`, mime: PICTURES },
    { label: t`PDF`, mime: ["application/pdf"] },
    { label: t`Plain text`, mime: ["text/plain"] },
  ];
  const takes = (mime: readonly string[]) => mime.every((one) => files.mime.includes(one));
  const take = (mime: readonly string[], on: boolean) => {
    const others = files.mime.filter((one) => !mime.includes(one));
    onChange({ files: { ...files, mime: on ? [...others, ...mime] : others } });
  };
  return (
    <>
      <Card title={t`Hours`}>
        <Select
          label={t`When the chat is open`}
          hint={t`Outside of its hours visitors are told when it opens, and can write all the same.`}
          value={settings.calendarId ?? ""}
          options={[
            { value: "", label: t`Always` },
            ...setUp.calendars.map((one) => ({ value: one.id, label: one.name })),
          ]}
          fault={faultOf("calendarId")}
          onChange={(calendarId) => onChange({ calendarId: calendarId || null })}
        />
      </Card>
      <Card title={t`By mail`}>
        <div className={css.form}>
          {setUp.mailboxes.length === 0 ? (
            <p className="small mid">
              <Trans>The brand has no mailbox yet. Connect one, and answers can go on by mail.</Trans>
            </p>
          ) : null}
          <Checkbox checked={emailContinuation} onChange={(on) => onChange({ emailContinuation: on })}>
            {t`Answers go on by mail when the visitor has gone`}
          </Checkbox>
          <Checkbox checked={transcript} onChange={(on) => onChange({ transcript: on })}>
            {t`Visitors may have the chat sent to them`}
          </Checkbox>
          {(emailContinuation || transcript) && setUp.mailboxes.length > 0 ? (
            <div className={css.pair}>
              <Select
                label={t`From which mailbox`}
                value={settings.mailChannelId ?? ""}
                options={[
                  { value: "", label: t`The brand's first` },
                  ...setUp.mailboxes.map((one) => ({ value: one.id, label: one.name })),
                ]}
                fault={faultOf("mailChannelId")}
                onChange={(id) => onChange({ mailChannelId: id || null })}
              />
              <TextField
                label={t`Gone for … minutes`}
                type="number"
                inputMode="numeric"
                min={1}
                max={1_440}
                value={String(Math.round(settings.continueAfterMs / 60_000))}
                fault={faultOf("continueAfterMs")}
                onChange={(event) =>
                  onChange({ continueAfterMs: Math.min(Math.max(Number(event.target.value) || 1, 1), 1_440) * 60_000 })
                }
              />
            </div>
          ) : null}
        </div>
      </Card>
      <Card title={t`Files`}>
        <div className={css.form}>
          <Checkbox
            checked={takesFiles}
            onChange={(on) =>
              onChange({
                files: { ...files, maxCount: on ? MOST_FILES : 0, maxBytes: files.maxBytes || 10 * MEGABYTE },
              })
            }
          >
            {t`Visitors may send files`}
          </Checkbox>
          {takesFiles ? (
            <>
              <div className={css.acts}>
                {kinds.map(({ label, mime }) => (
                  <Checkbox key={label} checked={takes(mime)} onChange={(on) => take(mime, on)}>
                    {label}
                  </Checkbox>
                ))}
              </div>
              <TextField
                label={t`Largest file, in MB`}
                type="number"
                inputMode="numeric"
                min={1}
                max={10}
                value={String(Math.round(files.maxBytes / MEGABYTE))}
                fault={faultOf("files")}
                onChange={(event) =>
                  onChange({
                    files: {
                      ...files,
                      maxBytes: Math.min(Math.max(Number(event.target.value) || 1, 1), 10) * MEGABYTE,
                    },
                  })
                }
              />
              <p className="small mid">
                <Trans>What a file is is read from its bytes, not from its name.</Trans>
              </p>
            </>
          ) : null}
        </div>
      </Card>
      <Card title={t`The visitor's page`}>
        <div className={css.form}>
          <Checkbox checked={visit.show} onChange={(show) => onChange({ visit: { ...visit, show } })}>
            {t`Agents see on which page of your sites the visitor is, and the ten before`}
          </Checkbox>
          {visit.show ? (
            <Checkbox checked={visit.query} onChange={(query) => onChange({ visit: { ...visit, query } })}>
              {t`With what stands behind the question mark of the address`}
            </Checkbox>
          ) : null}
          <p className="small mid">
            <Trans>
              Pages of other sites are never told. Nothing of it is kept longer than a day after the visit. Addresses
              often carry secrets behind the question mark: leave that out unless you know that yours do not.
            </Trans>
          </p>
        </div>
      </Card>
    </>
  );
}
