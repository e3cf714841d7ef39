import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { WEB } from "./surf.ts";

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

/**
 * The scripts that an open conversation brings and that a desk without one does not wait for, by the build's own list:
 * what it imports and neither the entry nor the desk's page does. Whoever measures the desk holds them back for good,
 * which shows that nothing waits for them.
 */
export function laterScripts(web: string = WEB): Set<string> {
  const chunks = JSON.parse(readFileSync(join(web, ".vite", "manifest.json"), "utf8")) as Record<string, Chunk>;
  const named = (name: string) => {
    const found = Object.keys(chunks).find((key) => new RegExp(`^assets/${name}-[^/]*\\.js$`).test(chunks[key]!.file));
    if (found === undefined) throw new Error(`the build has no script ${name}: it goes by another name now`);
    return found;
  };
  const brings = (key: string, all = new Set<string>()): Set<string> => {
    if (all.has(key)) return all;
    all.add(key);
    for (const other of chunks[key]?.imports ?? []) brings(other, all);
    return all;
  };
  const entries = Object.keys(chunks).filter((key) => chunks[key]!.isEntry);
  const first = new Set([...entries, named("desk-page")].flatMap((key) => [...brings(key)]));
  const later = [...brings(named("open-conversation"))].filter((key) => !first.has(key));
  return new Set(later.map((key) => basename(chunks[key]!.file)));
}
