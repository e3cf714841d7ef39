import { Trans, useLingui } from "@lingui/react/macro";
import css from "./hours-page.module.css";

type OpenTooProps = { value: boolean; onChange: (openToo: boolean) => void; openClocks?: number };

/** Whether a change counts for what is open already: asked each time, never assumed. */
export function OpenToo({ value, onChange, openClocks }: OpenTooProps) {
  const { t } = useLingui();
  return (
    <fieldset className={css.openToo} aria-label={t`For which work does it count?`}>
      <label>
        <input type="radio" checked={!value} onChange={() => onChange(false)} />{" "}
        <Trans>for work that comes from now on</Trans>
      </label>
      <label>
        <input type="radio" checked={value} onChange={() => onChange(true)} />{" "}
        {openClocks === undefined ? (
          <Trans>also for what is open</Trans>
        ) : (
          <Trans>also for what is open ({openClocks} clocks)</Trans>
        )}
      </label>
    </fieldset>
  );
}
