import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Fragment, useEffect, useRef } from "react";
import { useKeys } from "../../shared/keys/use-keys.ts";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import css from "./burst-ribbon.module.css";
import type { Burst } from "./conversation-query.ts";
import { burstStep, ribbonItems } from "./timeline-parts.ts";
import { useGapWords } from "./use-gap-words.ts";

type RibbonProps = {
  bursts: readonly Burst[];
  /** The burst being read. */
  current: number | null;
  onGo: (ordinal: number) => void;
};

/** The bursts of a conversation in their order, with the silence between. The medium may change; it is one conversation. */
export function BurstRibbon({ bursts, current, onGo }: RibbonProps) {
  const { t } = useLingui();
  const now = useNow("minute");
  const words = useTimeWords();
  const gap = useGapWords();
  const at = current ?? bursts.at(-1)?.ordinal ?? null;
  const go = (by: 1 | -1) => {
    const to = burstStep(bursts, at, by);
    if (to !== null) onGo(to);
  };
  useKeys("screen", [
    {
      id: "burst.before",
      keys: "[",
      label: t`Burst before`,
      group: t`Work`,
      disabled: bursts.length < 2,
      run: () => go(-1),
    },
    {
      id: "burst.after",
      keys: "]",
      label: t`Burst after`,
      group: t`Work`,
      disabled: bursts.length < 2,
      run: () => go(1),
    },
  ]);
  const ribbon = useRef<HTMLElement>(null);
  // On a phone the ribbon is wider than the window: what is read stays in sight.
  useEffect(() => {
    if (at !== null)
      ribbon.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [at]);
  if (bursts.length === 0) return null;
  return (
    <nav ref={ribbon} className={css.ribbon} aria-label={t`Bursts of this conversation`}>
      {ribbonItems(bursts).map((item, place) => {
        if (item.kind === "folded") {
          return (
            <span key="folded" className={css.folded}>
              {t`${plural(item.count, { one: "# more", other: "# more" })}`}
            </span>
          );
        }
        const { burst } = item;
        const isPublic = burst.mark.audience === "public";
        const title = isPublic ? t`Public` : t`Private`;
        return (
          <Fragment key={burst.ordinal}>
            {place > 0 && burst.gapBeforeMs !== null ? <span className={css.gap}>{gap(burst.gapBeforeMs)}</span> : null}
            <button
              type="button"
              className={`${css.burst} ${isPublic ? css.public : css.private}`}
              aria-current={burst.ordinal === at ? "true" : undefined}
              title={words.exact(burst.from)}
              onClick={() => onGo(burst.ordinal)}
            >
              <span className={css.mark}>
                <ChannelMark network={burst.mark.network} audience={burst.mark.audience} size="small" />
              </span>
              <b className={css.name}>
                {burst.ordinal} <span className={css.title}>{title}</span>
              </b>
              <span className={`${css.when} clip`}>
                {words.moment(burst.from, now)}
                <span
                  className={css.count}
                >{t`, ${plural(burst.messages, { one: "# message", other: "# messages" })}`}</span>
              </span>
            </button>
          </Fragment>
        );
      })}
    </nav>
  );
}
