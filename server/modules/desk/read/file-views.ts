import type { z } from "zod";
import type { attachedFile, messageFile } from "#contracts/desk";
import { type AttachedFile, type Attachment, kindOf, type Message } from "#modules/channels";
import type { FileNamed } from "../store/desk-store.ts";

type MessageFile = z.input<typeof messageFile>;
type View = z.input<typeof attachedFile>;

/** What came with a message, each where it stands on its way here. */
export function messageFiles(message: Message, rows: readonly Attachment[]): MessageFile[] {
  if (rows.length > 0) return rows.map(present);
  // Stored before files were kept: that there were some is still said.
  return message.attachments.map((a) => ({
    ...{ id: null, state: "gone", why: "no-source", name: a.name ?? "", mime: a.mime ?? "", kind: "file" },
    ...{
      bytes: a.bytes ?? null,
      alt: a.alt ?? "",
      url: null,
      thumbUrl: null,
      width: null,
      height: null,
      inline: false,
    },
  }));
}

function present(a: Attachment): MessageFile {
  const here = a.state === "here";
  const at = `/api/attachments/${a.id}`;
  return {
    ...{ id: a.id, state: a.state, why: a.why, name: a.name, mime: a.mime || a.mimeStated, bytes: a.bytes, alt: a.alt },
    kind: kindOf(a.mime, a.thumb !== null),
    url: here ? at : null,
    thumbUrl: here && a.thumb !== null ? `${at}/thumb` : null,
    ...{ width: a.width, height: a.height, inline: a.inline },
  };
}

/** A still one: it can be made smaller. */
export const isPicture = (f: Pick<AttachedFile, "thumb" | "mime">): boolean =>
  f.thumb !== null && f.mime !== "image/gif";

/** What an agent attached. */
export function fileView(f: AttachedFile): View {
  const at = `/api/desk/files/${f.id}`;
  return {
    ...{ id: f.id, state: f.state, why: f.why, name: f.name, mime: f.mime, bytes: f.bytes, alt: f.alt },
    kind: kindOf(f.mime, f.thumb !== null),
    picture: isPicture(f),
    url: `${at}/content`,
    thumbUrl: f.thumb === null ? null : `${at}/thumb`,
    ...{ width: f.width, height: f.height },
  };
}

/** In the draft's order and with its words; what was swept meanwhile is not in it any more. */
export function draftFiles(named: readonly FileNamed[], found: readonly AttachedFile[]): View[] {
  const byId = new Map(found.map((f) => [f.id, f]));
  return named.flatMap(({ id, alt }) => {
    const file = byId.get(id);
    return file ? [{ ...fileView(file), alt }] : [];
  });
}
