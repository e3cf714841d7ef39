export type DifferencePart = { kind: "same" | "gone" | "new"; text: string };

/** Longer texts are not compared word by word: the time would grow with the square of their length. */
const MOST_WORDS = 600;

/** What an edit changed, word by word, spaces kept with the word before them. */
export function difference(before: string, after: string): DifferencePart[] {
  const old = before.match(/\S+\s*|\s+/gu) ?? [];
  const now = after.match(/\S+\s*|\s+/gu) ?? [];
  if (old.length > MOST_WORDS || now.length > MOST_WORDS) return [{ kind: "same", text: after }];
  const width = now.length + 1;
  // common[i][j]: the longest common run of words of old from i and now from j.
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i]!.trim() === now[j]!.trim()
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const parts: DifferencePart[] = [];
  const add = (kind: DifferencePart["kind"], text: string) => {
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += text;
    else parts.push({ kind, text });
  };
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i]!.trim() === now[j]!.trim()) {
      add("same", now[j]!);
      i += 1;
      j += 1;
    } else if (i < old.length && (j >= now.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      add("gone", old[i]!);
      i += 1;
    } else {
      add("new", now[j]!);
      j += 1;
    }
  }
  return parts;
}
