import { Trans, useLingui } from "@lingui/react/macro";
import type { ChannelView } from "#contracts/channels";
import { Facts } from "../../shared/ui/card.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./channels-page.module.css";

/** What goes out, and what is left of the network's limits and of the money for it. */
export function GoingOut({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const { pending, inFlight, unknown, failed, held } = channel.outbox;
  const count = (value: number, bad: boolean) => <b className={`${bad && value > 0 ? css.bad : ""} num`}>{value}</b>;
  return (
    <div className={css.column}>
      <h4 className={css.heading}>
        <Trans>Going out, last seven days</Trans>
      </h4>
      <Facts
        rows={[
          { name: t`Waiting to go`, value: count(pending, false) },
          { name: t`On their way`, value: count(inFlight, false) },
          { name: t`Held by a stop or a pause`, value: count(held, false) },
          { name: t`The network has not said whether it took it`, value: count(unknown, true) },
          { name: t`Failed`, value: count(failed, true) },
        ]}
      />
      {unknown + failed > 0 ? (
        <p className="small mid">
          <Trans>Each of them stands in its conversation, with what to do.</Trans>
        </p>
      ) : null}
      <Budgets channel={channel} />
    </div>
  );
}

function Budgets({ channel }: { channel: ChannelView }) {
  const { t, i18n } = useLingui();
  const { budgets, money } = channel;
  if (budgets.length === 0 && money === null) return null;
  const number = new Intl.NumberFormat(i18n.locale);
  const names: Record<string, string> = { read: t`Calls for reading left`, write: t`Calls for writing left` };
  const sum = (amount: number, currency: string) =>
    new Intl.NumberFormat(i18n.locale, { style: "currency", currency }).format(amount);
  return (
    <>
      <h4 className={css.heading}>
        <Trans>Budget left</Trans>
      </h4>
      <Facts
        rows={[
          ...budgets.map((one) => ({
            name: names[one.bucket] ?? t`${one.bucket}: calls left`,
            value: (
              <span className={one.remaining <= one.reserveForReplies ? css.bad : undefined}>
                <b className="num">{number.format(one.remaining)}</b>{" "}
                <span className="mute">{t`of ${number.format(one.limit)}`}</span>
                {one.resetAt ? (
                  <span className="mute">
                    {" "}
                    <Trans>
                      until <Moment at={one.resetAt} />
                    </Trans>
                  </span>
                ) : null}
              </span>
            ),
          })),
          ...(money
            ? [
                {
                  name: t`Spent in ${money.month}`,
                  value: (
                    <span className={money.state === "ok" ? undefined : css.bad}>
                      <b className="num">{sum(money.spent, money.currency)}</b>{" "}
                      {money.cap === null ? null : (
                        <span className="mute">{t`of ${sum(money.cap, money.currency)}`}</span>
                      )}
                    </span>
                  ),
                },
              ]
            : []),
        ]}
      />
      {money?.state === "listening-stopped" ? (
        <p className="small mid">{t`Listening has stopped: what is left is for answers.`}</p>
      ) : null}
      {money?.state === "stopped" ? <p className="small mid">{t`Only answers to people in danger go out.`}</p> : null}
    </>
  );
}
