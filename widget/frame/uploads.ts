import type { ChatConfig, ChatFile } from "#contracts/webchat";
import type { Api } from "./api.ts";
import { newId } from "./outbox.ts";

/** A file on its way to the server, or there and waiting for its message. */
export interface Upload {
  id: string;
  file: File;
  /** From 0 to 1. */
  part: number;
  done: ChatFile | null;
  /** Why it is not there: a code of the server's or one of ours. */
  fault: string;
}

export interface Uploads {
  list(): readonly Upload[];
  /** Those that may go are on their way; the others stand in the list with their fault. */
  add(files: readonly File[]): void;
  again(id: string): void;
  remove(id: string): void;
  clear(): void;
}

/** What is wrong with a file before anything is sent; "" for nothing. The server looks again, at the bytes. */
export function faultOf(file: { type: string; size: number }, n: number, rules: ChatConfig["files"]): string {
  if (n >= rules.maxCount) return "too-many-files";
  if (file.size > rules.maxBytes) return "too-large";
  if (file.size === 0) return "empty-file";
  const fits = rules.mime.some(
    (mime) => mime === file.type || (mime.endsWith("/*") && file.type.startsWith(mime.slice(0, -1))),
  );
  // Browsers know the type of common files only: what they do not know is the server's to say.
  return fits || file.type === "" ? "" : "unsupported-media-type";
}

export function uploadsOf(api: Api, rules: () => ChatConfig["files"], onChange: () => void): Uploads {
  let all: Upload[] = [];
  const stops = new Map<string, () => void>();

  function change(id: string, what: Partial<Upload>): void {
    all = all.map((one) => (one.id === id ? { ...one, ...what } : one));
    onChange();
  }

  async function go({ id, file }: Upload): Promise<void> {
    change(id, { part: 0, fault: "" });
    const { done, stop } = api.upload(file, (part) => change(id, { part: Math.min(part, 0.99) }));
    stops.set(id, stop);
    const answer = await done;
    stops.delete(id);
    change(id, answer.ok ? { done: answer.value, part: 1 } : { fault: answer.problem.code });
  }

  return {
    list: () => all,
    add(files) {
      for (const file of files) {
        const going = all.filter((one) => one.fault === "").length;
        const one = { id: newId(), file, part: 0, done: null, fault: faultOf(file, going, rules()) };
        all = [...all, one];
        if (one.fault === "") void go(one);
      }
      onChange();
    },
    again(id) {
      const one = all.find((upload) => upload.id === id);
      if (one) void go(one);
    },
    remove(id) {
      stops.get(id)?.();
      all = all.filter((one) => one.id !== id);
      onChange();
    },
    clear() {
      all = [];
      onChange();
    },
  };
}
