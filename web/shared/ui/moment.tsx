import { useNow } from "../time/clock.ts";
import { useTimeWords } from "../time/format.ts";

/** A moment as people say it ("14:46", "Thu 14:46"), the exact one on hover. Takes epoch ms or RFC 3339. */
export function Moment({ at }: { at: number | string }) {
  const now = useNow("minute");
  const words = useTimeWords();
  const iso = typeof at === "string" ? at : new Date(at).toISOString();
  return (
    <time className="num" dateTime={iso} title={words.exact(at)}>
      {words.moment(at, now)}
    </time>
  );
}
