import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A binding as it stands in a source: for holding the list of keys against. Test and tool only. */
export type Scanned = { file: string; id: string; keys: readonly string[]; label: string };

const BINDING =
  /id:\s*"([a-z]+(?:[.-][a-z-]+)*)",\s*keys:\s*(\[[^\]]*\]|"[^"]*"),\s*(?:label:\s*t`([^`$]*)`|label[,:])/g;

/** What one text declares. */
export function scanText(text: string, file: string): Scanned[] {
  return [...text.matchAll(BINDING)].map(([, id = "", keys = "", label = ""]) => ({
    ...{ file, id, label },
    keys: [...keys.matchAll(/"([^"]*)"/g)].map((one) => one[1]!),
  }));
}

/** Every key binding that the sources under a folder declare with a constant name. */
export function scanBindings(folder: string): Scanned[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tsx"));
  return names.flatMap((name) => scanText(readFileSync(join(folder, name), "utf8"), name));
}
