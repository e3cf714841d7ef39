const INVITE = /\S*\/i\/[0-9A-Z]{12}\.[\w-]{12}/;

/** The invitation at the end of what is written; a link that stands there already gives way to the new one's words. */
export function withInvite(text: string, invite: string): string {
  const lines = text.trimEnd().split("\n");
  const kept = lines
    .filter((line) => !INVITE.test(line))
    .join("\n")
    .trimEnd();
  return kept === "" ? invite : `${kept}\n${invite}`;
}
