import { boardFor } from "../../server/modules/desk/supervision/board.ts";
import { queuesOf } from "../../server/modules/routing/index.ts";
import type { Database } from "../../server/platform/db.ts";
import type { Actor } from "../../server/platform/http/actor.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import { boardFromJournal } from "../support/board-from-journal.ts";

/** After everything has come to rest the wallboard shows what the journal tells: what waits, is in hands and put aside, and who carries how much. */
export async function boardFaults(db: Database, accountId: AccountId): Promise<string[]> {
  return db.withAccount(accountId, async (tx) => {
    const ids = (await queuesOf(tx)).map((queue) => queue.id);
    const grants = [{ verb: "work.read", scope: "account" as const, scopeId: null }];
    const actor: Actor = { accountId, kind: "agent", id: accountId, name: "", csrf: null, grants };
    const board = await boardFor(tx, actor, {});
    const told = await boardFromJournal(tx, ids, tx.now);
    const faults: string[] = [];
    const same = (what: string, shown: unknown, said: unknown) => {
      if (JSON.stringify(shown) !== JSON.stringify(said))
        faults.push(`the wallboard shows ${JSON.stringify(shown)} ${what}, the journal tells ${JSON.stringify(said)}`);
    };
    same("waiting", board.waiting, told.waiting);
    same("waiting against ten minutes ago", board.waitingChange, told.waitingChange);
    same("at work", board.atWork, told.atWork);
    for (const [n, queue] of board.queues.entries()) {
      const { waiting, held, aside, cameHour, servedHour } = queue;
      const other = told.queues[n]!;
      same(
        `of ${queue.name}`,
        [waiting, held, aside, cameHour, servedHour],
        [other.waiting, other.held, other.aside, other.cameHour, other.servedHour],
      );
    }
    for (const person of told.people) {
      const shown = board.people.find((one) => one.agentId === person.agentId);
      if (shown)
        same(
          `with ${shown.name}`,
          [shown.state, shown.items, shown.load, shown.aside],
          [person.state, person.items, person.load, person.aside],
        );
    }
    return faults;
  });
}
