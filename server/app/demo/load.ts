import { type Millis, SECOND } from "#platform/clock";
import { Town } from "../../../scenarios/town.ts";

export interface LoadFigures {
  /** Calls begun. */
  sent: number;
  /** Answered with success, so durable on the playground. */
  accepted: number;
  refused: number;
  /** Begun later than the plan by more than `LATE`: the sender was too slow, and the load was less even than asked for. */
  late: number;
  underWay: number;
}
const LATE = 50;
/** More calls under way than this, and nothing further is sent: it would only fill the memory of the sender. */
const MOST_UNDER_WAY = 2_000;

/**
 * An open loop: post number n leaves at begin + n / rate whether or not those before have been answered. Resolves when all are.
 */
export async function openLoop(opts: {
  rate: number;
  duration: Millis;
  send: (n: number) => Promise<void>;
  now: () => number;
  wait: (ms: Millis) => Promise<void>;
  each?: (figures: LoadFigures, elapsed: Millis) => void;
}): Promise<LoadFigures> {
  const { rate, duration, send, now, wait, each } = opts;
  const figures: LoadFigures = { sent: 0, accepted: 0, refused: 0, late: 0, underWay: 0 };
  const total = Math.floor((rate * duration) / SECOND);
  const flight = new Set<Promise<void>>();
  const began = now();
  let told = 0;
  for (let n = 0; n < total; ) {
    const elapsed = now() - began;
    const due = Math.min(total, Math.floor((elapsed * rate) / SECOND) + 1);
    for (; n < due && figures.underWay < MOST_UNDER_WAY; n++) {
      figures.sent++;
      figures.underWay++;
      if (elapsed - (n * SECOND) / rate > LATE) figures.late++;
      const call: Promise<void> = send(n)
        .then(
          () => void figures.accepted++,
          () => void figures.refused++,
        )
        .finally(() => {
          figures.underWay--;
          flight.delete(call);
        });
      flight.add(call);
    }
    if (each && elapsed - told >= 5 * SECOND) {
      told = elapsed;
      each({ ...figures }, elapsed);
    }
    if (n < total) await wait(Math.max(1, Math.min((n * SECOND) / rate - (now() - began), 100)));
  }
  await Promise.all(flight);
  return figures;
}

/** Posts without end: what people of the town say when they come with a matter. */
export function* endlessPosts(
  seed: string,
  at: number,
): Generator<{ handle: string; name: string; followers: number; text: string }> {
  const town = new Town(seed);
  for (;;) {
    town.begin(at);
    for (const act of town.due(at))
      if (act.do === "post")
        yield { handle: act.who.handle, name: act.who.name, followers: act.who.followers, text: act.text };
  }
}
