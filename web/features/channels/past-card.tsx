import { Trans, useLingui } from "@lingui/react/macro";
import type { ChannelView } from "#contracts/channels";
import { Card } from "../../shared/ui/card.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { audienceOf } from "./abilities.ts";
import css from "./channels-page.module.css";
import { sheetOf } from "./channels-query.ts";

/** The places of the past of one brand: made by an import, so there is nothing to watch and nothing to turn. */
export function PastCard({ channels }: { channels: readonly ChannelView[] }) {
  const { t } = useLingui();
  return (
    <Card level={3} label={t`Places of the past`} title={t`Places of the past`}>
      <div className={css.inside}>
        <p className="small mid">
          <Trans>Imported, or connected once. What they brought is kept; nothing is heard or sent there.</Trans>
        </p>
        <ul className={css.past}>
          {channels.map((channel) => (
            <li key={channel.id} className={css.title}>
              <ChannelMark network={channel.network} audience={audienceOf(sheetOf(channel))} />
              <span>{channel.name}</span>
              <bdi className={css.handle}>{channel.handle}</bdi>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
