import { fileTypeFromBuffer } from "file-type";
import { plainMime } from "../domain/file-rules.ts";

/** What a file is by its first bytes; empty where they do not tell. */
export async function sniffed(head: Uint8Array): Promise<string> {
  try {
    return plainMime((await fileTypeFromBuffer(head))?.mime);
  } catch {
    // It reads on where the head ends.
    return "";
  }
}
