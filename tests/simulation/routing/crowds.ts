import type { Crowd } from "../../../server/modules/routing/domain/flood.ts";
import type { Stage } from "./stage.ts";

const keysOf = ({ customerId, alike }: { customerId: string; alike: string | null }): string[] => [
  `author:${customerId}`,
  ...(alike === null ? [] : [`alike:${alike}`]),
];

/** What each author and each text has in front, and what waits behind it. */
export function crowdsOf(s: Stage): Map<string, Crowd> {
  const crowds = new Map<string, Crowd>();
  for (const [id, about] of s.about) {
    const item = s.world.items.get(id);
    if (!item || item.state === "done" || item.state === "withdrawn") continue;
    for (const key of keysOf(about)) {
      const crowd = crowds.get(key) ?? { front: 0, behind: 0 };
      crowds.set(key, crowd);
      if (item.behind === null) crowd.front++;
      else if (item.behind === key) crowd.behind++;
    }
  }
  return crowds;
}

/** As many come forward as there is room for in front, the first due first. */
export function lookAtCrowds(s: Stage): void {
  const { policy } = s.company;
  for (const key of crowdsOf(s).keys()) {
    const crowd = crowdsOf(s).get(key) as Crowd;
    if (crowd.behind === 0) continue;
    const line = s
      .items()
      .filter((item) => item.behind === key)
      .sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
    const coming = line.slice(0, s.engine.roomInFront(key, crowd, policy));
    for (const item of coming) s.engine.comeForward(s.world, item, "There is room in front.", s.now);
    const cap = key.startsWith("author:") ? policy.authorCap : policy.alikeCap;
    const { front } = crowdsOf(s).get(key) as Crowd;
    s.checks.expect(
      "R8 crowds",
      coming.length === 0 || front <= cap,
      () => `${front} of ${key} in front, ${cap} may be`,
    );
  }
}
