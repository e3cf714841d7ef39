import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { disposition, type FileKind, fileStore, servedAs } from "#modules/channels";
import type { Tx } from "#platform/db";
import { AppError } from "#platform/errors";

export interface ServedFile {
  blob: string;
  mime: string;
  kind: FileKind;
  name: string;
}

/**
 * Sends a stranger's bytes so that a browser neither runs nor guesses them: pictures that were drawn anew and sound and film stand in the
 * page, everything else is only saved. Parts are sent where the player asks for parts. `open` runs in the transaction that found the file.
 */
export async function openFile(tx: Tx, file: ServedFile) {
  const { stream, bytes } = await fileStore().open(tx, file.blob);
  return { file, stream, bytes };
}

export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { file, stream, bytes }: Awaited<ReturnType<typeof openFile>>,
): FastifyReply {
  const tag = `"${file.blob.slice(0, 32)}"`;
  const save = file.kind === "file" || (request.query as { download?: string }).download !== undefined;
  reply
    .header("content-type", servedAs(file.mime, file.kind))
    .header("content-disposition", disposition(save ? "attachment" : "inline", file.name))
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "sandbox; default-src 'none'")
    .header("cross-origin-resource-policy", "same-origin")
    .header("accept-ranges", "bytes")
    .header("etag", tag)
    // Looked at again each time: a right may be taken away, a message deleted.
    .header("cache-control", "private, no-cache");
  if (request.headers["if-none-match"] === tag) {
    stream.destroy();
    return reply.code(304).send();
  }
  const range = rangeOf(request.headers.range, bytes);
  if (range === null) return reply.header("content-length", bytes).send(stream);
  if (range === "outside") {
    stream.destroy();
    reply.header("content-range", `bytes */${bytes}`);
    throw new AppError("invalid-request", `The file has ${bytes} bytes: ask for a part inside of it.`);
  }
  const [from, to] = range;
  return reply
    .code(206)
    .header("content-range", `bytes ${from}-${to}/${bytes}`)
    .header("content-length", to - from + 1)
    .send(Readable.from(part(stream, from, to), { objectMode: false }));
}

/** One part, as players ask for; anything else is answered whole. */
function rangeOf(said: string | undefined, bytes: number): [number, number] | "outside" | null {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(said ?? "");
  if (!asked || (asked[1] === "" && asked[2] === "")) return null;
  const last = bytes - 1;
  if (asked[1] === "") {
    const tail = Number(asked[2]);
    return tail === 0 || bytes === 0 ? "outside" : [Math.max(0, bytes - tail), last];
  }
  const from = Number(asked[1]);
  const to = asked[2] === "" ? last : Math.min(Number(asked[2]), last);
  return from > last || to < from ? "outside" : [from, to];
}

/** A sealed file is read from its beginning: what comes before the part is passed over. */
async function* part(stream: Readable, from: number, to: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const piece = chunk.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
    at += chunk.length;
    if (piece.length > 0) yield piece;
    if (at > to) return;
  }
}
