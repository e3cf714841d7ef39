import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ChannelView } from "#contracts/channels";
import { useMay } from "../../shared/session/session.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import css from "./desk-layout.module.css";

const KEY = "hubbub.ill-channels-seen";

/** One calm line for each ill channel on which the agent works: what it means for the answers, and who can help. */
export default function IllChannels({ channels }: { channels: readonly ChannelView[] }) {
  const { t } = useLingui();
  const say = useMeaning();
  const manages = useMay("channel.manage");
  const [seen, setSeen] = useState(readSeen);
  const shown = channels.filter((one) => !seen.includes(nameOf(one)));
  if (shown.length === 0) return null;
  const dismiss = () => {
    const next = [...seen, ...shown.map(nameOf)].slice(-50);
    setSeen(next);
    try {
      sessionStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Without a store it is shown again on the next page.
    }
  };
  return (
    <div className={css.ill}>
      <Banner
        look="soon"
        icon="warning"
        announce="polite"
        title={shown.map((one) => say(one)).join(" ")}
        acts={
          <>
            {manages ? (
              <Link to="/channels">
                <Trans>To the channels</Trans>
              </Link>
            ) : null}
            <Button
              size="small"
              look="bare"
              icon="close"
              iconOnly
              aria-label={t`Do not show this again`}
              onClick={dismiss}
            />
          </>
        }
      >
        {manages ? null : <Trans>Whoever manages channels is told.</Trans>}
      </Banner>
    </div>
  );
}

/** What an ill channel means for whoever answers there. */
function useMeaning(): (channel: ChannelView) => string {
  const { t } = useLingui();
  const time = useTimeWords();
  return ({ name, health }) => {
    const worst = health.troubles[0];
    const since = worst?.since ? time.moment(worst.since, presentMoment()) : null;
    switch (worst?.cause) {
      case "sign-in":
      case "set-up":
      case "expired":
        return since === null
          ? t`Answers on ${name} wait: its sign-in is refused.`
          : t`Answers on ${name} wait: its sign-in is refused since ${since}.`;
      case "unreachable":
        return since === null
          ? t`Answers on ${name} wait: it does not answer. They go out when it does.`
          : t`Answers on ${name} wait: it does not answer since ${since}. They go out when it does.`;
      case "push-silent":
      case "behind":
        return t`New messages on ${name} come late. Answers go out as usual.`;
      default:
        return t`A part of ${name} does not work: messages or answers may come late.`;
    }
  };
}

/** The same illness is told once a session; another one, or the same again later, anew. */
const nameOf = ({ id, health }: ChannelView) => `${id} ${health.troubles[0]?.cause} ${health.troubles[0]?.since}`;

function readSeen(): string[] {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as unknown;
    return Array.isArray(stored) ? stored.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}
