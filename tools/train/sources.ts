import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { madePosts, thanksPosts, toldPosts } from "./made/posts.ts";
import type { AuthoredPost, EmotionRow, HeardPost, IntentRow, Sources } from "./recipes.ts";

/** Posts of each frame of our own. */
const MADE_OF_EACH = 4;

/** All that is learnt from: our own posts beside this file, and the open sets in two folders (see `train.ts`). */
export function readSources(sets: string, emotions: string): Sources {
  return {
    authored: readAuthored(),
    heard: readBeside<HeardPost>("heard"),
    made: madePosts(MADE_OF_EACH),
    told: toldPosts(),
    thanks: thanksPosts(),
    emotions: readEmotions(emotions),
    bank: readSet(sets, "intent/banking77.learn.jsonl.gz"),
    assistant: readSet(sets, "intent/clinc150.learn.jsonl.gz"),
  };
}

export const readAuthored = (): AuthoredPost[] => readBeside<AuthoredPost>("authored");

function readBeside<T>(name: string): T[] {
  const folder = join(import.meta.dirname, name);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .sort()
    .flatMap((file) => jsonl<T>(readFileSync(join(folder, file), "utf8")));
}

function readEmotions(folder: string): EmotionRow[] {
  const names = readFileSync(join(folder, "labels.txt"), "utf8").trim().split(/\s+/);
  return readFileSync(join(folder, "train.tsv"), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [text = "", numbers = ""] = line.split("\t");
      return { text, emotions: numbers.split(",").map((n) => names[Number(n)] ?? "neutral") };
    });
}

function readSet(folder: string, file: string): IntentRow[] {
  return jsonl<IntentRow>(gunzipSync(readFileSync(join(folder, file))).toString("utf8"));
}

function jsonl<T>(text: string): T[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}
