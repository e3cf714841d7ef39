import { type Instant, iso, MINUTE, SECOND } from "#platform/clock";
import { company } from "../../../scenarios/northwind/company.ts";
import { plain } from "../../../scenarios/past/people.ts";
import type { MessageLine } from "../../../scenarios/past/rows.ts";
import type { Step, Story } from "../../../scenarios/stories/story.ts";
import type { Person } from "../../../scenarios/town.ts";
import type { PlaygroundClient } from "./playground-client.ts";

/** How often we look whether an answer has come. */
const LOOK = SECOND;
const briefly = (left: number) => Math.max(1, Math.min(left, LOOK));
/** Calls that may be under way at once: a launch night has many people, the playground one log. */
const AT_ONCE = 16;

export interface Played {
  steps: number;
  /** Steps that waited for an answer which did not come in time; they were played all the same. */
  unanswered: number;
}

/**
 * Plays a story on the playground, `speed` story minutes in a minute. Time is handed in: `now` and `wait` may run as fast as a test
 * likes. Lines of networks that cannot be played are handed to `bringIn`.
 */
export async function playStory(opts: {
  client: PlaygroundClient;
  story: Story;
  steps: readonly Step[];
  speed: number;
  now: () => Instant;
  wait: (ms: number) => Promise<void>;
  bringIn: (lines: readonly MessageLine[]) => Promise<void>;
  say: (step: Step) => void;
}): Promise<Played> {
  const { client, story, steps, speed, now, wait, bringIn, say } = opts;
  const began = now();
  const due = (minutes: number) => began + (minutes * MINUTE) / speed;
  const threads = new Map<string, { first: string; last: string }>();
  const heard = await listen(client);
  const lines = storyLines(story.name, began);
  let unanswered = 0;
  let flight: Promise<unknown>[] = [];

  for (const people = new Map(steps.map((s) => [s.who.handle, s.who])), all = [...people.values()]; all.length > 0; )
    await client.people(all.splice(0, 400));

  for (const step of steps) {
    while (now() < due(step.at)) await wait(briefly(due(step.at) - now()));
    if (step.afterAnswer) {
      await Promise.all(flight);
      flight = [];
      const patience = now() + (story.patience * MINUTE) / speed;
      while (!(await heard.answered(step.who)) && now() < patience) await wait(briefly(patience - now()));
      if (!(await heard.answered(step.who))) unanswered++;
      heard.forget(step.who);
    }
    say(step);
    // Below a post one has to wait for it; whoever opens a thread need not.
    const opens = !threads.has(step.thread) && step.do === "post";
    if (opens && flight.length < AT_ONCE && !steps.some((s) => s !== step && s.thread === step.thread))
      flight.push(perform(step));
    else {
      await Promise.all(flight);
      flight = [];
      await perform(step);
    }
  }
  await Promise.all(flight);
  return { steps: steps.length, unanswered };

  async function perform(step: Step): Promise<void> {
    const { who, text, thread } = step;
    const open = threads.get(thread);
    switch (step.do) {
      case "dm":
        await client.dm(who.handle, company.brand.handle, text, null);
        return;
      case "call":
      case "mail":
        await bringIn([lines(step, now())]);
        return;
      case "edit":
        if (open) await client.edit(who.handle, open.last, text);
        return;
      default: {
        const id = await client.post(who.handle, text, step.do === "reply" ? (open?.first ?? null) : null, null);
        threads.set(thread, { first: open?.first ?? id, last: id });
        heard.posted(id, who);
      }
    }
  }
}

/** Hears on the playground whom the company has answered since the story began. */
async function listen(client: PlaygroundClient) {
  const authors = new Map<string, Person>();
  const answered = new Set<string>();
  let seen = 0;
  for (let page = await client.accepted(seen); ; page = await client.accepted(seen)) {
    seen = page.next;
    if (page.accepted.length === 0) break;
  }
  return {
    posted: (id: string, who: Person) => void authors.set(id, who),
    forget: (who: Person) => void answered.delete(who.handle),
    async answered(who: Person): Promise<boolean> {
      const page = await client.accepted(seen);
      seen = page.next;
      for (const call of page.accepted) {
        if (call.op === "dm.create" && call.to) answered.add(call.to);
        const author = call.op === "post.create" && call.parentId ? authors.get(call.parentId) : undefined;
        if (author) answered.add(author.handle);
      }
      return answered.has(who.handle);
    },
  };
}

/** Calls and letters of a story as lines of an import; each answers the one before on its medium. */
function storyLines(name: string, began: Instant) {
  const last = new Map<string, string>();
  let n = 0;
  return (step: Step, at: Instant): MessageLine => {
    const channel = step.do === "call" ? "phone" : "email";
    const customer =
      channel === "phone"
        ? (/\+\d[\d ]+\d/.exec(step.text)?.[0] ?? "+44 29 2018 0771")
        : `${plain(step.who.name)}@postbox.example`;
    const house = channel === "phone" ? "+44 20 7946 0000" : "care@northwind.example";
    const id = `${name}-${began}-${++n}`;
    const before = last.get(`${channel} ${step.thread}`);
    last.set(`${channel} ${step.thread}`, id);
    return {
      ...{ type: "message", id, at: iso(at), channel, private: true, by: step.ours ? "company" : "customer" },
      ...{
        from: step.ours ? house : customer,
        to: step.ours ? customer : house,
        name: step.ours ? company.name : step.who.name,
      },
      ...{
        text: step.text,
        lang: "en",
        kind: channel === "phone" ? "call" : "mail",
        thread: `${name}-${began}-${channel}`,
      },
      ...(before && channel === "email" ? { reply_to: before } : {}),
      ...(step.ours ? { agent: "rhys@northwind.example" } : {}),
    };
  };
}
