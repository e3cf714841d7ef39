import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");
/** What git does not keep either. */
const left = new Set(["node_modules", "dist", ".data", ".git", "coverage", ".shots"]);
const text =
  /\.(?:ts|tsx|mjs|cjs|js|json|sql|md|css|html|svg|yml|yaml|po|txt|jsonl)$|\/(?:LICENSE|NOTICE|run|\.npmrc|\.gitignore)$/u;

export interface TreeFile {
  /** From the root, with slashes. */
  path: string;
  content: string;
}

/** All text files of the project in a steady order. */
export async function readTree(within = ""): Promise<TreeFile[]> {
  const files: TreeFile[] = [];
  for (const entry of await readdir(join(root, within), { withFileTypes: true })) {
    if (left.has(entry.name)) continue;
    const path = within ? `${within}/${entry.name}` : entry.name;
    if (entry.isDirectory()) files.push(...(await readTree(path)));
    // Another test may write and remove files meanwhile; what is gone is no part of the tree.
    else if (text.test(`/${path}`)) {
      const content = await readFile(join(root, path), "utf8").catch(() => undefined);
      if (content !== undefined) files.push({ path, content });
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Lines of a file that a rule names, as `path:line: what`. */
export function linesWith({ path, content }: TreeFile, pattern: RegExp): string[] {
  return content.split("\n").flatMap((line, i) => {
    const hit = pattern.exec(line);
    return hit ? [`${path}:${i + 1}: ${hit[0].trim()}`] : [];
  });
}
