import type { ActionCap, Audience, Capabilities, LengthRule, WindowRule } from "#shared/capabilities";

export type Act = "edit" | "delete" | "hide" | "like" | "mark-read" | "type";
export type Door = "public" | "private" | "private-to-public";
export type Hears = "mentions" | "keywords" | "own-threads";
export type Leave = Capabilities["requires"][number];

/** One thing a channel can or cannot do; the sentences are the screen's. `ms` are milliseconds, `bytes` bytes. */
export type Ability =
  | {
      what: "reply";
      can: boolean;
      door: Door;
      rule: WindowRule["kind"];
      ms: number | null;
      expired: "template" | "blocked" | null;
    }
  | { what: "length"; can: true; audience: Audience; unit: LengthRule["unit"]; most: number; split: boolean }
  | { what: "attach"; can: boolean; audience: Audience; count: number; bytes: number }
  | { what: "act"; can: boolean; act: Act; ms: number | null }
  | { what: "hears"; can: boolean; kind: Hears }
  | { what: "told-edits" | "told-deletes"; can: boolean; late: boolean }
  | { what: "comes"; can: true; how: "pushed" | "fetched" | "both" }
  | { what: "receipts"; can: boolean; read: boolean }
  | { what: "history"; can: boolean; ms: number | null }
  | { what: "second-try"; can: boolean }
  | { what: "leave"; can: false; leave: Leave };

const ACTS: readonly [Act, "canEdit" | "canDelete" | "canHide" | "canLike" | "canMarkRead" | "canType"][] = [
  ["edit", "canEdit"],
  ["delete", "canDelete"],
  ["hide", "canHide"],
  ["like", "canLike"],
  ["mark-read", "canMarkRead"],
  ["type", "canType"],
];

/** What the sheet of a network says, as single statements. Whatever the sheet leaves out is left out. */
export function abilitiesOf(sheet: Partial<Capabilities>): Ability[] {
  return [
    ...replies(sheet),
    ...lengths(sheet),
    ...attachments(sheet),
    ...receiving(sheet.receive),
    ...ACTS.flatMap(([act, field]) => actOf(act, sheet[field])),
    ...(sheet.receipts ? [receiptsOf(sheet.receipts)] : []),
    ...(sheet.sendIdempotency
      ? [{ what: "second-try" as const, can: sheet.sendIdempotency !== "reconcile-only" }]
      : []),
    ...(sheet.requires ?? []).map((leave) => ({ what: "leave" as const, can: false as const, leave })),
  ];
}

function replies(sheet: Partial<Capabilities>): Ability[] {
  const doors: [Door, WindowRule | undefined][] = [
    ["public", sheet.canReplyPublic],
    ["private", sheet.canReplyPrivate],
    ["private-to-public", sheet.public === false ? undefined : sheet.canPrivateReplyToPublic],
  ];
  return doors.flatMap(([door, rule]) =>
    rule
      ? [
          {
            what: "reply" as const,
            can: rule.kind !== "never",
            door,
            rule: rule.kind,
            ms: rule.durationMs ?? null,
            expired:
              rule.afterExpiry === undefined
                ? null
                : rule.afterExpiry === "blocked"
                  ? ("blocked" as const)
                  : ("template" as const),
          },
        ]
      : [],
  );
}

function lengths(sheet: Partial<Capabilities>): Ability[] {
  const audiences: Audience[] = ["public", "private"];
  return audiences.flatMap((audience) => {
    const rule = sheet.length?.[audience];
    if (!rule || rule.unit === "none") return [];
    const split = sheet.length?.onOver === "split-thread" || sheet.length?.onOver === "split-messages";
    return [{ what: "length" as const, can: true as const, audience, unit: rule.unit, most: rule.max, split }];
  });
}

function attachments(sheet: Partial<Capabilities>): Ability[] {
  const audiences: Audience[] = ["public", "private"];
  return audiences.flatMap((audience) => {
    const rules = sheet.attachments?.[audience];
    if (!rules || sheet[audience] === false) return [];
    const count = Math.max(0, ...rules.map((rule) => rule.maxCount));
    const bytes = Math.max(0, ...rules.map((rule) => rule.maxBytes));
    return [{ what: "attach" as const, can: rules.length > 0, audience, count, bytes }];
  });
}

function receiving(receive: Partial<Capabilities["receive"]> | undefined): Ability[] {
  if (!receive) return [];
  const modes = receive.modes ?? [];
  const pushed = modes.some((mode) => mode === "webhook" || mode === "stream" || mode === "inproc");
  const fetched = modes.some((mode) => mode === "poll" || mode === "imap");
  const { listens, backfill, emitsEdits, emitsDeletes } = receive;
  return [
    ...(pushed || fetched
      ? [
          {
            what: "comes" as const,
            can: true as const,
            how: pushed && fetched ? ("both" as const) : pushed ? ("pushed" as const) : ("fetched" as const),
          },
        ]
      : []),
    ...(listens
      ? [
          { what: "hears" as const, can: listens.mentions, kind: "mentions" as const },
          { what: "hears" as const, can: listens.ownThreads, kind: "own-threads" as const },
          { what: "hears" as const, can: listens.keywords, kind: "keywords" as const },
        ]
      : []),
    ...(emitsEdits
      ? [{ what: "told-edits" as const, can: emitsEdits !== "never", late: emitsEdits === "on-refetch" }]
      : []),
    ...(emitsDeletes
      ? [{ what: "told-deletes" as const, can: emitsDeletes !== "never", late: emitsDeletes === "on-refetch" }]
      : []),
    ...(backfill ? [{ what: "history" as const, can: backfill.supported, ms: backfill.maxAgeMs ?? null }] : []),
  ];
}

function actOf(act: Act, cap: ActionCap | undefined): Ability[] {
  return cap ? [{ what: "act", can: cap.supported, act, ms: cap.withinMs ?? null }] : [];
}

function receiptsOf(receipts: Capabilities["receipts"]): Ability {
  return {
    what: "receipts",
    can: receipts.includes("read") || receipts.includes("delivered"),
    read: receipts.includes("read"),
  };
}

/** Who reads what goes out here first: the mark of the channel. */
export function audienceOf(sheet: Partial<Capabilities>): Audience {
  return sheet.public === false ? "private" : "public";
}

/** Whether history can be asked for at all; without it there is no back-fill to offer. */
export function canBackfill(sheet: Partial<Capabilities>): boolean {
  return sheet.receive?.backfill?.supported === true;
}
