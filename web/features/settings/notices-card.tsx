import { useLingui } from "@lingui/react/macro";
import type { NoticeKind, Notices } from "#contracts/preferences";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Checkbox } from "../../shared/ui/field.tsx";
import { chime } from "./chime.ts";
import { PermissionLine } from "./permission-line.tsx";
import { waysOf } from "./rings.ts";
import css from "./settings.module.css";

export type NoticesProps = { notices: Notices; onChange: (part: Partial<Notices>) => void };

/** Which things ring, and how. */
export function NoticesCard({ notices, onChange }: NoticesProps) {
  const { t } = useLingui();
  const kinds: Record<NoticeKind, { name: string; detail: string }> = {
    offer: { name: t`An offer`, detail: t`Work is held out to you.` },
    page: { name: t`You are asked in an escalation`, detail: t`Or, for supervisors, nobody answers one.` },
    due: { name: t`Yours is due soon`, detail: t`15 minutes before its time.` },
    answered: { name: t`A customer answered`, detail: t`In a conversation that you have.` },
    mention: {
      name: t`A colleague needs you`,
      detail: t`A note names you, work is handed to you, a question, an answer, a task whose time has come.`,
    },
    approval: { name: t`Approval`, detail: t`A reply waits for your look, or yours was decided.` },
  };
  const set = (kind: NoticeKind, way: "sound" | "desktop", on: boolean) =>
    onChange({ kinds: { ...notices.kinds, [kind]: { ...waysOf(notices, kind), [way]: on } } });

  return (
    <Card title={t`What rings`}>
      <div className={css.stack}>
        <PermissionLine />
        <ul className={css.kinds}>
          {(Object.keys(kinds) as NoticeKind[]).map((kind) => {
            const { name, detail } = kinds[kind];
            const ways = waysOf(notices, kind);
            return (
              <li key={kind}>
                {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row of a grid. */}
                <div role="group" aria-label={name} className={css.kind}>
                  <span className={css.kindWords}>
                    <b>{name}</b>
                    <span className="small mid">{detail}</span>
                  </span>
                  <Checkbox checked={ways.sound} onChange={(on) => set(kind, "sound", on)}>{t`Sound`}</Checkbox>
                  <Checkbox checked={ways.desktop} onChange={(on) => set(kind, "desktop", on)}>{t`Notice`}</Checkbox>
                  <Button
                    size="small"
                    look="bare"
                    icon="play"
                    refused={notices.volume === 0 ? t`The volume is nought.` : null}
                    aria-label={t`Hear it: ${name}`}
                    onClick={() => chime(kind, notices.volume)}
                  >{t`Hear it`}</Button>
                </div>
              </li>
            );
          })}
        </ul>
        <label className={css.volume}>
          <span className="small strong">{t`Volume`}</span>
          <input
            type="range"
            min={0}
            max={100}
            step={10}
            defaultValue={notices.volume}
            onChange={(event) => onChange({ volume: Number(event.target.value) })}
          />
        </label>
        <Checkbox checked={notices.hideWords} onChange={(hideWords) => onChange({ hideWords })}>
          {t`Notices name no customer and quote nothing`}
        </Checkbox>
        <p className="small mid">
          {t`Notices are shown by your system while no window of the desk can be seen. A sound comes from one window only, however many are open.`}
        </p>
      </div>
    </Card>
  );
}
