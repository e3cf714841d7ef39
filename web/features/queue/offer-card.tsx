import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import type { OfferView } from "#contracts/desk";
import { useKeyFor } from "../../shared/keys/use-keys.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Menu } from "../../shared/ui/menu.tsx";
import css from "./offer-card.module.css";
import { offerTime } from "./row-facts.ts";
import { useRiskWords } from "./use-row-words.ts";

export type DeclineReason = "skill" | "language" | "conflict" | "busy" | "other";

type OfferCardProps = {
  offer: OfferView;
  busy: boolean;
  /** The first of several carries the keys. */
  first: boolean;
  onTake: () => void;
  onDecline: (reason: DeclineReason) => void;
  onOver: () => void;
};

/** Work held out to me: what it is, why me, how long. */
export function OfferCard({ offer, busy, first, onTake, onDecline, onOver }: OfferCardProps) {
  const { t, i18n } = useLingui();
  const words = useTimeWords();
  const risk = useRiskWords();
  const time = offerTime(offer, useNow("second"));
  const { row } = offer;
  const name = row.customer.name || row.customer.handle;
  const over = useRef(onOver);
  over.current = onOver;

  useEffect(() => {
    if (time.over) over.current();
  }, [time.over]);

  const takeKey = useKeyFor("work.take", "t");
  const declineKey = useKeyFor("work.decline", "shift+t");
  // The chips say the skills already.
  const reasons = offer.reasons.filter((reason) => !reason.code.startsWith("skill"));
  const units = (offer.weight / 10).toLocaleString(i18n.locale, { maximumFractionDigits: 1 });
  return (
    <section className={css.offer} aria-label={t`Offer from ${name}, ${time.seconds} seconds left`} data-offer>
      <div className="row">
        <ChannelMark network={row.mark.network} audience={row.mark.audience} />
        <div className="grow">
          <div className="strong clip">
            <bdi>{name}</bdi>
          </div>
          <div className="small mid clip" dir="auto">
            {row.snippet || row.subject}
          </div>
        </div>
        <Ring part={time.part} seconds={time.seconds} />
      </div>
      <div className={css.why}>
        {offer.skills.map((skill) => (
          <Chip key={skill.name}>{t`${skill.name} ${skill.needed}, you have ${skill.have}`}</Chip>
        ))}
        <Chip>{t`${units} units`}</Chip>
        <Chip title={words.exact(row.clock.dueAt)}>{t`answer by ${words.moment(row.clock.dueAt, Date.now())}`}</Chip>
        {row.risks.map((one) => (
          <Chip key={one} look="risk">
            {risk(one)}
          </Chip>
        ))}
      </div>
      {reasons.length > 0 ? (
        <ul className={css.reasons} aria-label={t`Why me`}>
          {reasons.map((reason) => (
            <li key={`${reason.code} ${reason.text}`}>
              <ServerWords code={reason.code}>{reason.text}</ServerWords>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="row">
        <Button
          look="primary"
          className={css.take ?? ""}
          keys={first ? takeKey : undefined}
          busy={busy}
          onClick={onTake}
        >
          {t`Take it`}
        </Button>
        <Menu
          label={t`Why not?`}
          placement="bottom end"
          onAct={(id) => onDecline(id as DeclineReason)}
          groups={[
            {
              heading: t`Decline, because`,
              entries: [
                { id: "skill", label: t`I do not know this matter` },
                { id: "language", label: t`I do not speak the language` },
                { id: "conflict", label: t`I know this person` },
                { id: "busy", label: t`I am in the middle of something` },
                { id: "other", label: t`Another reason` },
              ],
            },
          ]}
        >
          <Button look="soft" keys={first ? declineKey : undefined} data-decline>
            {t`Decline`}
          </Button>
        </Menu>
      </div>
    </section>
  );
}

const ROUND = 2 * Math.PI * 13;

/** Seconds as a ring that empties; the number inside says the same. */
function Ring({ part, seconds }: { part: number; seconds: number }) {
  const { t } = useLingui();
  return (
    <span className={css.ring} role="img" aria-label={t`${seconds} seconds to accept`}>
      <svg viewBox="0 0 30 30" aria-hidden="true" focusable="false">
        <circle cx="15" cy="15" r="13" className={css.track} />
        <circle
          cx="15"
          cy="15"
          r="13"
          className={css.left}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - part)}
          transform="rotate(-90 15 15)"
        />
      </svg>
      <span className={css.seconds} aria-hidden="true">
        {seconds}
      </span>
    </span>
  );
}
