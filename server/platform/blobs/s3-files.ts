import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { isUuid } from "../ids.ts";
import { arrivals } from "./arrivals.ts";
import { type BlobFiles, isHash, placeOf } from "./blob-files.ts";
import { S3Failure, type S3Options, type S3Place, s3Client } from "./s3-client.ts";

/** So often an answer that was cut off in the middle is asked for again. */
const RESUMES = 3;

/** Files of blobs in a bucket. `arriving`: a folder of this machine, so that a try can be repeated and its length is known before. */
export function s3Files(
  place: S3Place,
  arriving: string,
  { pageKeys = 1_000, ...options }: S3Options & { pageKeys?: number },
): BlobFiles {
  const client = s3Client(place, options);
  const { write, discard, removeArrivingBefore } = arrivals(arriving);
  return {
    write,
    discard,
    removeArrivingBefore,
    async keep(arrived, of) {
      const key = placeOf(of).join("/");
      if ((await client.call({ method: "PUT", key, body: arrived })) === null)
        throw new S3Failure(`PUT ${key}`, 404, "nowhere to put it");
      await discard(arrived);
    },

    async read(of) {
      const key = placeOf(of).join("/");
      const get = () => client.call({ method: "GET", key });
      let answer: IncomingMessage | null = await get();
      if (!answer) return null;
      /** No ranges: what was seen already is passed over. The seal of each piece tells if it were another file by now. */
      async function* bytes(): AsyncGenerator<Uint8Array> {
        let seen = 0;
        for (let n = 0; ; n++) {
          let at = 0;
          try {
            for await (const chunk of client.chunks(answer!)) {
              const fresh = chunk.subarray(Math.max(0, Math.min(chunk.length, seen - at)));
              at += chunk.length;
              if (fresh.length === 0) continue;
              seen += fresh.length;
              yield fresh;
            }
            return;
          } catch (error) {
            if (n >= RESUMES) throw new S3Failure(`GET ${key}`, null, (error as Error).message);
          }
          answer = await get();
          if (!answer) throw new S3Failure(`GET ${key}`, 404, "gone while it was read");
        }
      }
      const stream = Readable.from(bytes(), { objectMode: false });
      stream.once("close", () => answer?.destroy());
      return stream;
    },

    async remove(of) {
      await client.call({ method: "DELETE", key: placeOf(of).join("/") });
    },

    async *all() {
      for (let marker = ""; ; ) {
        const query = { prefix: place.prefix, "max-keys": String(pageKeys), ...(marker && { marker }) };
        const page = (await client.text({ method: "GET", key: "", query })) ?? "";
        const keys = [...page.matchAll(/<Key>([^<]{1,4096})<\/Key>/g)].map((m) => unescaped(m[1]!));
        const ours = keys
          .map((key) => key.slice(place.prefix.length).split("/"))
          .filter((k) => k.length === 3 && isUuid(k[0]!) && isHash(k[2]!) && k[2]!.startsWith(k[1]!));
        for (const [accountId, found] of Map.groupBy(ours, (k) => k[0]!))
          yield { accountId, hashes: found.map((k) => k[2]!) };
        if (keys.length === 0 || !page.includes("<IsTruncated>true<")) return;
        marker = keys.at(-1)!;
      }
    },

    close: async () => client.close(),
  };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'" };
function unescaped(text: string): string {
  return text.replace(/&(#39|[a-z]+);/g, (all, name: string) => ENTITIES[name] ?? all);
}
