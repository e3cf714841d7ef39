import { Trans, useLingui } from "@lingui/react/macro";
import type { ChannelView } from "#contracts/channels";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import css from "./channels-page.module.css";
import { useHealthWords } from "./use-health-words.ts";

/** How a channel is, in one word. */
export function StateChip({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  if (channel.state === "paused") return <Chip>{t`paused`}</Chip>;
  if (channel.state === "needs-reauth") return <Chip look="late" icon="warning">{t`ill: wants a new sign-in`}</Chip>;
  if (channel.state === "misconfigured") return <Chip look="late" icon="warning">{t`ill: wrongly set up`}</Chip>;
  switch (channel.health.state) {
    case "healthy":
      return <Chip look="good">{t`healthy`}</Chip>;
    case "warning":
      return <Chip look="soon">{t`on, with a warning`}</Chip>;
    case "ill":
      return <Chip look="late" icon="warning">{t`ill`}</Chip>;
    // A place of the past stands on its own card.
    case "off":
      return null;
  }
}

/** Every reason for that word: what it means, what was seen, since when. */
export function HealthLines({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const say = useHealthWords();
  const { troubles } = channel.health;
  if (troubles.length === 0) return null;
  return (
    <ul className={css.troubles} aria-label={t`What is wrong`}>
      {troubles.map((one, place) => (
        <li key={`${one.cause} ${place}`} className={css.trouble} data-level={one.level}>
          <Icon name={one.level === "ill" ? "warning" : "clock"} size="small" />
          <span>
            <b>{say(one)}</b>
            {one.says !== null && one.cause !== "budget" ? (
              <>
                {" "}
                <ServerWords>{one.says}</ServerWords>
              </>
            ) : null}
            {one.since ? (
              <span className="mid">
                {" "}
                <Trans>
                  Since <Moment at={one.since} />.
                </Trans>
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  );
}
