import { Trans, useLingui } from "@lingui/react/macro";
import { tryLiveNow } from "../../shared/live/live-client.ts";
import { useLiveStatus } from "../../shared/live/use-live.ts";
import { presentMoment, useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import css from "./offline-bar.module.css";

/** "Offline since 14:51. Keep writing." Stands until the line is back; countdowns go on. */
export function OfflineBar() {
  const status = useLiveStatus();
  if (status.state !== "offline") return null;
  return <Bar since={status.since} nextTryAt={status.nextTryAt} />;
}

function Bar({ since, nextTryAt }: { since: number; nextTryAt: number }) {
  const { t } = useLingui();
  const words = useTimeWords();
  useNow("second");
  const seconds = Math.max(0, Math.ceil((nextTryAt - Date.now()) / 1_000));
  const at = words.time(since + (presentMoment() - Date.now()));
  return (
    <div className={css.bar}>
      <Banner
        look="plain"
        announce="polite"
        title={<Trans>Offline since {at}.</Trans>}
        acts={
          <Button size="small" onClick={tryLiveNow}>
            {t`Try now`}
          </Button>
        }
      >
        <Trans>Keep writing. Before anything goes out you see what changed.</Trans>{" "}
        <span className="num" aria-hidden="true">
          {seconds > 0 ? t`Next try in ${seconds} s.` : t`Trying…`}
        </span>
      </Banner>
    </div>
  );
}
