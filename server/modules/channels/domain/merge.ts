import type { Instant } from "#platform/clock";
import type { AttachmentRef, Item } from "./item.ts";
import type { Message, Revision } from "./message.ts";

/** A message with all that the present batch adds to it. The result does not depend on the order in which things came. */
export interface Held {
  message: Message | null;
  /** Known from the network before or after the message itself. */
  deleted: { at: Instant; by: string } | null;
  /** Former texts learnt now, to be added to those stored. */
  revisions: Revision[];
  /** The text others see is another one than before. */
  edited: boolean;
  changed: boolean;
  /** Of a stored message other files stand in it now, or none. */
  files: boolean;
}

export const holdNothing = (): Held => ({
  ...{ message: null, deleted: null, revisions: [] },
  ...{ edited: false, changed: false, files: false },
});
export const holdStored = (message: Message): Held => ({ ...holdNothing(), message });

interface Dated {
  revision: string;
  editedAt: Instant | null;
}

/** Which of two states of a message is the later one: by number where revisions are numbers, else by the time of the edit. */
export function compareRevisions(a: Dated, b: Dated): number {
  if (a.revision === b.revision) return 0;
  if (a.revision === "" || b.revision === "") return a.revision === "" ? -1 : 1;
  const numbers = /^\d{1,15}$/;
  if (numbers.test(a.revision) && numbers.test(b.revision)) return Number(a.revision) - Number(b.revision);
  const byTime = (a.editedAt ?? Number.NEGATIVE_INFINITY) - (b.editedAt ?? Number.NEGATIVE_INFINITY);
  if (byTime !== 0 && !Number.isNaN(byTime)) return byTime;
  return a.revision < b.revision ? -1 : 1;
}

/** Takes in a creation or an edit; `first` builds the message when this is the first that is heard of it. */
export function mergeItem(held: Held, item: Item, redactions: number, first: () => Message): void {
  const known = held.message;
  if (!known) {
    held.message = first();
    held.changed = true;
    if (held.deleted) wipe(held);
    return;
  }
  const order = compareRevisions({ revision: item.revision, editedAt: item.editedAt ?? null }, known);
  if (item.datedByArrival && item.text === known.text && sameFiles(known.attachments, item.attachments)) return;
  if (known.state === "tombstone" || known.state === "erased") {
    if (order > 0) {
      known.revision = item.revision;
      held.changed = true;
    }
    return;
  }
  if (order === 0) {
    if (known.unsupported !== null && item.unsupported === undefined) {
      takeContent(held, known, item, redactions);
      known.unsupported = null;
      held.changed = held.edited = true;
    }
    return;
  }
  if (order < 0) {
    held.revisions.push({
      messageId: known.id,
      revision: item.revision,
      text: item.text,
      at: item.editedAt ?? item.createdAt,
    });
    return;
  }
  // Our own post is stored before the network has named its first revision: that is no edit.
  if (known.revision === "" && known.deliveryId !== null) {
    known.revision = item.revision;
    known.permalink = item.permalink ?? known.permalink;
    held.changed = true;
    if (known.text === item.text) return;
  } else {
    held.revisions.push({
      messageId: known.id,
      revision: known.revision,
      text: known.text,
      at: known.editedAt ?? known.sentAt,
    });
  }
  takeContent(held, known, item, redactions);
  held.changed = held.edited = true;
}

/** Takes in a deletion: the text and every former text go, the fact stays. */
export function mergeDeletion(held: Held, at: Instant, by: string): void {
  if (!held.deleted || at < held.deleted.at) held.deleted = { at, by };
  if (held.message && held.message.state !== "tombstone" && held.message.state !== "erased") wipe(held);
}

function takeContent(held: Held, message: Message, item: Item, redactions: number): void {
  held.files ||= !sameFiles(message.attachments, item.attachments);
  Object.assign(message, {
    revision: item.revision,
    text: item.text,
    subject: item.thread.subject ?? message.subject,
    mail: item.mail ?? message.mail ?? null,
    language: item.language ?? message.language,
    entities: [...item.entities],
    attachments: [...item.attachments],
    rating: item.rating ?? null,
    editedAt: item.editedAt ?? null,
    redactions: message.redactions + redactions,
  });
}

/** A link that was only signed anew is told as another file, and fetched anew. */
function sameFiles(a: readonly AttachmentRef[], b: readonly AttachmentRef[]): boolean {
  const nameOf = (r: AttachmentRef) =>
    JSON.stringify([r.externalId ?? r.url ?? "", r.name ?? "", r.bytes ?? r.content?.length ?? 0, r.alt ?? ""]);
  return a.length === b.length && a.every((ref, i) => nameOf(ref) === nameOf(b[i]!));
}

function wipe(held: Held): void {
  held.files ||= held.message!.attachments.length > 0;
  Object.assign(held.message!, {
    state: "tombstone",
    text: "",
    subject: "",
    mail: null,
    language: null,
    entities: [],
    attachments: [],
    rating: null,
  });
  held.revisions = [];
  held.changed = true;
}
