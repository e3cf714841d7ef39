/** Where to go after signing in: a path of this site, never another one ("//elsewhere", "/\\elsewhere"). */
export function safeReturn(value: unknown): string {
  if (typeof value !== "string" || value.length > 500) return "/";
  if (!/^\/(?![/\\])/.test(value) || value.startsWith("/sign-in")) return "/";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these while reading an address.
  return /[\u0000-\u001f\\]/.test(value) ? "/" : value;
}
