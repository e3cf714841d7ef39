import { z } from "zod";
import { expectedVersion, id } from "./common.ts";

/** What a macro does once its words are away: end the work, move it to another queue, put it off. */
export const macroAct = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("resolve"), outcome: z.string().min(1).max(60) }),
  z.object({ kind: z.literal("move"), queueId: id }),
  /** From the moment it is used; at most 90 days. */
  z.object({ kind: z.literal("snooze"), minutes: z.int().min(5).max(129_600) }),
]);
export type MacroAct = z.infer<typeof macroAct>;

export const macroText = z.object({
  locale: z.string().regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/),
  /** Plain text with fields of `shared/macros.ts` in it. */
  text: z.string().trim().min(1).max(5_000),
});
export type MacroText = z.infer<typeof macroText>;

/** Whose it is: the whole account's, a team's, or the one agent's. */
export const macroScope = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("account") }),
  z.object({ kind: z.literal("team"), teamId: id }),
  z.object({ kind: z.literal("own") }),
]);
export type MacroScope = z.infer<typeof macroScope>;

export const newMacro = z.object({
  /** Typed as `::name`. */
  name: z.string().regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{M}\p{N}_-]{1,39}$/u),
  scope: macroScope,
  /** Null: of every brand. */
  brandId: id.nullable(),
  audience: z.enum(["any", "public", "private", "note"]),
  /** One for each language; none where it only acts. */
  texts: z.array(macroText).max(20),
  act: macroAct.nullable(),
});
export type NewMacro = z.infer<typeof newMacro>;
/** Whose a macro is stays as it was made. */
export const changeMacro = newMacro.omit({ scope: true }).extend({ expectedVersion });

export const macroView = newMacro.extend({
  id,
  version: z.int(),
  mayChange: z.boolean(),
  /** The name of the queue that `act` moves to; null when it moves nowhere or the queue is gone. */
  queue: z.string().nullable(),
});
export type MacroView = z.infer<typeof macroView>;
const named = z.object({ id, name: z.string() });
export const macroBoard = z.object({
  macros: z.array(macroView),
  brands: z.array(named.extend({ locale: z.string() })),
  queues: z.array(named),
  outcomes: z.array(z.object({ key: z.string(), name: z.string() })),
  /** Teams whose macros the asker sees; those that he may change. */
  teams: z.array(named.extend({ mayChange: z.boolean() })),
  mayChangeAccount: z.boolean(),
});
export type MacroBoard = z.infer<typeof macroBoard>;
export const macroSaved = z.object({ id, version: z.int() });
