import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { PeakCard } from "./peak-card.tsx";
import { peaksQuery, reliefQuery } from "./peaks-query.ts";
import { queuesQuery } from "./queues-query.ts";

/** Queue by queue: who helps when too much comes, and who takes what comes at night. */
export function PeaksTab() {
  const { t } = useLingui();
  const queues = useQuery(queuesQuery).data?.queues ?? [];
  const lines = useQuery(reliefQuery).data?.lines ?? [];
  return (
    <>
      <p className="small mid">
        {t`Helpers get only work their rights cover: give a partner's team its rights for the queue under People. Danger to people knows no opening hours.`}
      </p>
      <Fetched query={useQuery(peaksQuery)}>
        {(peaks) =>
          queues.length === 0 ? (
            <EmptyState title={t`There is no queue yet`} />
          ) : (
            queues.map((queue) => (
              <PeakCard
                key={queue.id}
                queue={queue}
                queues={queues}
                peaks={peaks}
                lines={lines.filter((line) => line.queueId === queue.id)}
              />
            ))
          )
        }
      </Fetched>
    </>
  );
}
