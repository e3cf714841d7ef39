import type { RawBuilder } from "kysely";
import type { Instant } from "#platform/clock";
import { sql, ts } from "#platform/db";
import type { Priority } from "../domain/model.ts";

/** One thing of several; `not` turns it round. */
export interface OneOf<T> {
  readonly any: readonly T[];
  readonly not: readonly T[];
}
/** What a list is narrowed to by facts that stand on the work itself. Different ones must all hold. */
export interface Narrow {
  readonly queueIds?: OneOf<string>;
  readonly brandIds?: OneOf<string>;
  readonly channelIds?: OneOf<string>;
  readonly mediums?: OneOf<string>;
  readonly priorities?: OneOf<Priority>;
  readonly visibilities?: OneOf<string>;
  /** Null: nobody. */
  readonly ownerIds?: OneOf<string | null>;
  /** The customer waits since before or after then. */
  readonly waitsSince?: { readonly before?: Instant; readonly after?: Instant };
  readonly late?: boolean;
  readonly snoozed?: boolean;
  /** In nobody's hands. */
  readonly free?: boolean;
}

/** So many of the most urgent are looked through for a page: a rare thing at the end of a long list is found page after page. */
export const SCAN = 1_000;

type Part = RawBuilder<unknown>;

/** The condition on rows `w` of work_item. */
export function narrowed(narrow: Narrow, now: Instant): Part {
  const parts: Part[] = [];
  const oneOf = (column: Part, type: Part, of: OneOf<string> | undefined) => {
    if (of && of.any.length > 0) parts.push(sql`${column} = any(${[...of.any]}::${type})`);
    if (of && of.not.length > 0) parts.push(sql`${column} <> all(${[...of.not]}::${type})`);
  };
  const [uuids, texts] = [sql`uuid[]`, sql`text[]`];
  oneOf(sql`w.queue_id`, uuids, narrow.queueIds);
  oneOf(sql`w.brand_id`, uuids, narrow.brandIds);
  oneOf(sql`w.channel_id`, uuids, narrow.channelIds);
  oneOf(sql`w.medium`, texts, narrow.mediums);
  oneOf(sql`w.priority`, texts, narrow.priorities);
  oneOf(sql`w.visibility`, texts, narrow.visibilities);
  const owners = narrow.ownerIds;
  if (owners && owners.any.length > 0) parts.push(sql`(${ownedBy(owners.any)})`);
  if (owners && owners.not.length > 0) parts.push(sql`not (${ownedBy(owners.not)})`);
  const { before, after } = narrow.waitsSince ?? {};
  if (before !== undefined) parts.push(sql`w.clock = 'running' and w.t0 <= ${ts(before)}`);
  if (after !== undefined) parts.push(sql`w.clock = 'running' and w.t0 > ${ts(after)}`);
  const is = (holds: boolean | undefined, part: Part) => {
    if (holds !== undefined) parts.push(holds ? part : sql`not (${part})`);
  };
  is(narrow.late, sql`w.clock = 'running' and w.due_at <= ${ts(now)}`);
  is(narrow.snoozed, sql`w.state = 'parked' and w.wakes_at is not null`);
  is(narrow.free, sql`w.owner_id is null`);
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

/** Never null: what nobody has is not of anybody. */
function ownedBy(ids: readonly (string | null)[]): Part {
  const named = ids.filter((id) => id !== null);
  return sql`(w.owner_id is null and ${ids.includes(null)}) or (w.owner_id is not null and w.owner_id = any(${named}::uuid[]))`;
}
