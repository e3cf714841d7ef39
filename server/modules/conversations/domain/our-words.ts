import { readWords } from "./said.ts";

/**
 * The words that name us, as `Said` folds them: of the names of our brands each word, of our handles the whole. Every customer says
 * them, so that two texts share them tells nothing of whether they speak of one matter. The addresses of mailboxes are no names.
 */
export function ourWords(names: readonly string[], handles: readonly string[]): Set<string> {
  const signs = handles.flatMap((handle) => {
    const name = handle.replace(/^@/u, "");
    // What is written apart, "help_acme", is met as single words, which mean more than us.
    return /^[\p{L}\p{N}\p{M}]+$/u.test(name) ? [name] : [];
  });
  return new Set([...names, ...signs].flatMap((name) => [...readWords(name)]));
}
