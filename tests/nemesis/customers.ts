import { Refused } from "./network-client.ts";
import type { CustomerAct } from "./schedule.ts";
import type { World } from "./world.ts";

/** What customers did and the network accepted, as far as it is needed to go on; the truth is the network's own log. */
interface Said {
  id: string;
  who: string;
  gone: boolean;
}

const TROUBLES = [
  "my internet has been down since this morning, when will it work again?",
  "I was charged twice this month, please pay the second one back",
  "my phone has no signal in the whole town, what is going on?",
  "the technician did not come today, I waited for six hours!",
] as const;

/** Plays the customers of one seed, each act at its time. The text of each post carries the seed and a number. */
export async function speak(world: World, seed: number, acts: readonly CustomerAct[]): Promise<void> {
  const { network } = world;
  const began = performance.now();
  const handle = (who: number) => `c${seed}_${who}`;
  await network.people([...new Set(acts.map((a) => a.who))].map(handle));
  const posts: Said[] = [];
  const running = acts.map(async (act, n) => {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, act.at - (performance.now() - began))));
    const who = handle(act.who);
    const mark = `(p ${inLetters(seed)} ${inLetters(n)})`;
    const trouble = TROUBLES[(seed + n) % TROUBLES.length]!;
    const open = posts.filter((p) => !p.gone);
    const own = open.filter((p) => p.who === who);
    const some = open[act.of % Math.max(1, open.length)];
    const mine = own[act.of % Math.max(1, own.length)];
    const post = async (text: string, parent: string | null = null) => {
      const made = await network.post(who, text, parent);
      posts.push({ id: made.id, who, gone: false });
    };
    if (act.act === "dm") return void (await network.dm(who, `Hello, ${trouble} ${mark}`));
    if (act.act === "edit" && mine) return network.edit(who, mine.id, `@northwind ${trouble} Corrected ${mark}`);
    if (act.act === "delete" && mine) {
      mine.gone = true;
      return network.remove(who, mine.id);
    }
    if (act.act === "thanks" && mine) return post(`@northwind thank you, it works again ${mark}`, mine.id);
    if (act.act === "reply" && mine) return post(`@northwind and one more thing: ${trouble} ${mark}`, mine.id);
    if (act.act === "answer" && some) return post(`@northwind the same here! ${trouble} ${mark}`, some.id);
    return post(`@northwind ${trouble} ${mark}`);
  });
  // Answered meanwhile by a deletion: the act did not happen, and the log does not have it.
  for (const done of await Promise.allSettled(running))
    if (done.status === "rejected" && !(done.reason instanceof Refused)) throw done.reason;
}

/** Numbers of many messages in a row can look like a card's, and are then rightly taken out. */
function inLetters(n: number): string {
  return [...String(n)].map((digit) => "abcdefghij"[Number(digit)]).join("");
}
