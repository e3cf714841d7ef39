import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A picture or another file, uploaded before the post or message that shows it. Named by its content. */
export type Media = { id: string; mime: string; bytes: Buffer };

export type MediaStore = {
  put(bytes: Buffer, mime: string): Promise<Media>;
  get(id: string): Promise<Media | null>;
};

const ID = /^me_[0-9a-f]{32}$/;

/** In the data folder, one file each with its type in front; without a folder in memory. */
export function openMedia(dataDir: string | undefined): MediaStore {
  const memory = new Map<string, Media>();
  const folder = dataDir === undefined ? null : join(dataDir, "media");
  return {
    async put(bytes, mime) {
      const id = `me_${createHash("sha256").update(`${mime}\n`).update(bytes).digest("hex").slice(0, 32)}`;
      const media = { id, mime, bytes };
      if (folder === null) memory.set(id, media);
      else {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(join(folder, `${id}.part`), Buffer.concat([Buffer.from(`${mime}\n`), bytes]), {
          mode: 0o600,
          flush: true,
        });
        await rename(join(folder, `${id}.part`), join(folder, id));
      }
      return media;
    },
    async get(id) {
      if (!ID.test(id)) return null;
      if (folder === null) return memory.get(id) ?? null;
      const stored = await readFile(join(folder, id)).catch(() => null);
      const end = stored?.indexOf(0x0a) ?? -1;
      return stored && end > 0
        ? { id, mime: stored.subarray(0, end).toString(), bytes: stored.subarray(end + 1) }
        : null;
    },
  };
}
