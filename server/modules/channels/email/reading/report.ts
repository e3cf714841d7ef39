import type { Instant } from "#platform/clock";
import type { InboundEvent, ReceiptStatus } from "../../domain/item.ts";
import { decodeText } from "./charsets.ts";
import { messageIdOf } from "./message-id.ts";
import { decodedBody, leavesOf, type MimePart, readMime } from "./mime.ts";
import { headersOfRaw } from "./raw-headers.ts";

type Receipt = Extract<InboundEvent, { type: "receipt" }>;

/** What a report says became of a mail of ours. */
export interface Report {
  /** The Message-ID of the mail it speaks of; null where it does not say. */
  about: string | null;
  status: ReceiptStatus | null;
  /** Where it did not arrive, lower case. */
  recipient: string | null;
  /** The other server's reason, with its code. */
  reason: string;
  /** RFC 3463: 5.x.x stays so, 4.x.x may pass. */
  permanent: boolean;
}

const STATUS: Readonly<Record<string, ReceiptStatus>> = {
  failed: "failed",
  delivered: "delivered",
  // To a system that tells no more of it.
  relayed: "sent",
};
/** Ours, wherever it stands in a report of a server that writes what it likes. */
const OWN_ANYWHERE = /<[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\.[1-9]\d{0,2}@[^<>@\s]{1,255}>/;

/** Reads a delivery report (RFC 3464), a receipt of reading (RFC 8098), or a bounce in nobody's format. */
export function readReport(raw: Buffer, root: MimePart = readMime(raw)): Report {
  const parts = allOf(root);
  const about = aboutWhich(raw, parts);
  const read = fieldsOf(raw, parts, "message/disposition-notification")[0];
  if (read) {
    const shown = /displayed/i.test(read.get("disposition") ?? "");
    const id = messageIdOf(read.get("original-message-id")) ?? about;
    return { about: id, status: shown ? "read" : null, recipient: null, reason: "", permanent: false };
  }
  const groups = fieldsOf(raw, parts, "message/delivery-status");
  const told =
    groups.find((g) => g.has("action") && g.get("action")?.trim().toLowerCase() === "failed") ??
    groups.find((g) => g.has("action"));
  if (!told) {
    // No report by the book: that it names our mail and comes from a mail system says enough.
    const named = OWN_ANYWHERE.exec(raw.toString("latin1", 0, Math.min(raw.length, 1_000_000)))?.[0] ?? null;
    return { about: about ?? named, status: "failed", recipient: null, reason: wordsOf(raw, root), permanent: true };
  }
  const code = told.get("status")?.trim() ?? "";
  return {
    about: about ?? OWN_ANYWHERE.exec(raw.toString("latin1", 0, Math.min(raw.length, 1_000_000)))?.[0] ?? null,
    status: STATUS[(told.get("action") ?? "").trim().toLowerCase()] ?? null,
    recipient: addressOf(told.get("final-recipient")) ?? addressOf(told.get("original-recipient")),
    reason: afterType(told.get("diagnostic-code") ?? "").slice(0, 300) || code,
    permanent: !code.startsWith("4"),
  };
}

/** The receipts for parts of ours that a report means. */
export function receiptsOf(report: Report, isOurs: (id: string) => boolean, at: Instant): Receipt[] {
  if (report.about === null || report.status === null || !isOurs(report.about)) return [];
  return [
    {
      ...{ type: "receipt", externalId: report.about, status: report.status, at },
      ...(report.reason !== "" && { detail: report.reason }),
    },
  ];
}

function allOf(part: MimePart): MimePart[] {
  return [part, ...part.children.flatMap(allOf)];
}

/** The returned mail's own name: from the mail itself or its head. */
function aboutWhich(raw: Buffer, parts: readonly MimePart[]): string | null {
  for (const part of parts) {
    if (part.type === "message/rfc822" && part.children[0])
      return messageIdOf(part.children[0].headers.get("message-id")) ?? null;
    if (part.type === "text/rfc822-headers" || part.type === "message/rfc822")
      return messageIdOf(headersOfRaw(decodedBody(raw, part)).get("message-id")) ?? null;
  }
  return null;
}

/** Groups of `Name: value` lines, one per recipient, the first for the whole mail. */
function fieldsOf(raw: Buffer, parts: readonly MimePart[], type: string): Map<string, string>[] {
  return parts
    .filter((part) => part.type === type)
    .flatMap((part) =>
      decodedBody(raw, part)
        .toString("latin1")
        .slice(0, 100_000)
        .split(/\r?\n\r?\n/),
    )
    .slice(0, 200)
    .map((group) => headersOfRaw(Buffer.from(group.replace(/^\s+/, ""), "latin1")));
}

/** `rfc822; carla@mail.example` */
function addressOf(field: string | undefined): string | null {
  const found = /[^\s<>;,"]{1,128}@[^\s<>;,"]{1,255}/.exec(afterType(field ?? ""))?.[0];
  return found?.toLowerCase() ?? null;
}

const afterType = (field: string): string =>
  field
    .slice(field.indexOf(";") + 1)
    .replace(/\s+/g, " ")
    .trim();

function wordsOf(raw: Buffer, root: MimePart): string {
  const first = leavesOf(root).find((part) => part.type === "text/plain");
  if (!first) return "";
  const text = decodeText(decodedBody(raw, first).subarray(0, 5_000), first.params.get("charset") ?? "");
  return /\b[45]\d\d[ -][^\n]{1,200}/.exec(text)?.[0]?.trim() ?? "";
}
