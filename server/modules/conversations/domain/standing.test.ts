import { expect, test } from "vitest";
import { HOUR } from "#platform/clock";
import { build, MONDAY } from "../../../../tests/support/stitch-lines.ts";
import { readSaid } from "./said.ts";
import { stitch } from "./stitch.ts";
import { addMatter, emptyWorld, type Placed } from "./stitch-world.ts";

test.each([10_000, 1_000_000])(
  "of %i messages at most 50 conversations and 200 messages are read for one",
  (size) => {
    const heavy = size / 100;
    const seen = new Set<object>();
    const said = readSaid("the lamp hums");
    class Read implements Placed {
      id: string;
      at: number;
      customerId: string;
      conversationId: string;
      thread: string;
      audience = "private" as const;
      by = "customer" as const;
      intent = "complaint";
      wants = true;
      constructor(n: number, who: string, conversationId: string) {
        this.id = String(n);
        this.at = MONDAY - (size - n) * 1_000;
        this.customerId = who;
        this.conversationId = conversationId;
        this.thread = `private/${who}`;
      }
      get key(): string {
        return this.id;
      }
      get said() {
        seen.add(this);
        return said;
      }
    }
    const world = emptyWorld();
    for (let n = 0; n < size; n++) {
      // One customer says a hundredth of all, thirty messages a matter; the others three.
      const mine = n % 100 === 0;
      const who = mine ? "c-alice" : `c-${Math.floor(n / 300)}`;
      const id = `${who}/${Math.floor(n / (mine ? 3_000 : 3))}`;
      let matter = world.matters.get(id);
      if (!matter) {
        matter = { id, customerId: who, doneAt: null, messages: [] };
        addMatter(world, matter);
      }
      matter.messages.push(new Read(n, who, id));
    }
    expect([...world.byCustomer.get("c-alice")!].length).toBeGreaterThanOrEqual(heavy / 31);
    const asked = new Set<string>();
    const get = world.matters.get.bind(world.matters);
    world.matters.get = (id) => {
      asked.add(id);
      return get(id);
    };
    const [x] = stitch(world, [build({ id: "x", text: "@northwind the lamp hums again", after: HOUR })]);
    expect(x!.decision.place).toBe("attach");
    expect(asked.size).toBeGreaterThan(0);
    expect(asked.size).toBeLessThanOrEqual(50);
    expect(seen.size).toBeGreaterThan(0);
    expect(seen.size).toBeLessThanOrEqual(200);
  },
  60_000,
);
