import type { MessageDescriptor } from "@lingui/core";

let titles: Readonly<Record<string, MessageDescriptor>> = {};

/** What each code of docs/errors.md is called; empty until a language other than English is shown. */
export const knownTitles = (): Readonly<Record<string, MessageDescriptor>> => titles;

/** English pages say what the server says and need none of it. */
export async function loadTitles(): Promise<void> {
  titles = (await import("./problem-titles.ts")).problemTitles;
}
