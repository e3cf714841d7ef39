import type { Tx } from "#platform/db";
import type { Reaction, Reader } from "#platform/journal/reader";
import type { TimerHandler } from "#platform/timers";
import { isOurTurn } from "./router.ts";

const LEADS = Symbol("the router's own act");

/** Acts in this transaction are the router's: refused with `NotTheRouter` where another process leads. */
const asRouter = (tx: Tx): Tx => Object.assign({ ...tx }, { [LEADS]: true });
export const isRouters = (tx: Tx): boolean => (tx as { [LEADS]?: boolean })[LEADS] === true;

/** A reader whose acts are the router's: one process at a time reads an account. */
export function onlyTheRouter(reader: Reader): Reader {
  const reactions = reader.reactions.map(
    (r): Reaction => ({ ...r, handle: (tx, events) => r.handle(asRouter(tx), events) }),
  );
  return { ...reader, reactions, isOurTurn };
}

/** The same for timers. */
export function routersTimers(handlers: Readonly<Record<string, TimerHandler>>): Record<string, TimerHandler> {
  return Object.fromEntries(
    Object.entries(handlers).map(([kind, fire]): [string, TimerHandler] => [
      kind,
      Object.assign(((tx, timer) => fire(asRouter(tx), timer)) as TimerHandler, { isOurTurn }),
    ]),
  );
}
