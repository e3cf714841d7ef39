import { Trans, useLingui } from "@lingui/react/macro";
import type { CheckedHalf } from "#contracts/channels";
import { ServerWords } from "../../../shared/text/said/server-words.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import css from "./connect.module.css";

/** Each half of a channel, line by line: whether it works, what was seen, and what to do. */
export function CheckedHalves({ halves, label }: { halves: readonly CheckedHalf[]; label: string }) {
  const { t } = useLingui();
  const names: Record<string, string> = {
    "sign-in": t`Sign-in`,
    clock: t`Clock`,
    receive: t`Reading`,
    subscription: t`Pushes`,
    send: t`Sending`,
    scope: t`Rights`,
    identity: t`Signed identity`,
    "sent-folder": t`Sent folder`,
  };
  return (
    <ul className={css.halves} aria-label={label}>
      {halves.map((one) => (
        <li key={one.half} className={css.half} data-state={one.state}>
          <span className={css.halfHead}>
            <b>{names[one.half] ?? one.half}</b>
            {one.state === "ok" ? (
              <Chip look="good">
                <Trans>works</Trans>
              </Chip>
            ) : one.state === "failed" ? (
              <Chip look="late" icon="warning">
                <Trans>does not work</Trans>
              </Chip>
            ) : (
              <Chip>
                <Trans>not tried</Trans>
              </Chip>
            )}
          </span>
          <span className={css.says}>
            <ServerWords>{one.says}</ServerWords>
            {one.expiresAt ? (
              <>
                {" "}
                <Trans>
                  Runs out <Moment at={one.expiresAt} />.
                </Trans>
              </>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
