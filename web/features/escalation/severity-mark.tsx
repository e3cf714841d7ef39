import { useLingui } from "@lingui/react/macro";
import css from "./escalation.module.css";

/** The figure in its box: darker is graver; the words are for whoever hears it. */
export function SeverityMark({ severity }: { severity: number }) {
  const { t } = useLingui();
  return (
    <span className={css.severity} data-severity={severity} title={t`Severity ${severity} of 4`}>
      <span aria-hidden="true">{severity}</span>
      <span className={css.unseen}>{t`Severity ${severity}`}</span>
    </span>
  );
}
