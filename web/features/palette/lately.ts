/** What this agent did by the palette lately, the newest first, on this machine. */
const MOST = 8;
const place = (agentId: string) => `hubbub.lately.${agentId}`;

export function latelyUsed(agentId: string): string[] {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(place(agentId)) ?? "[]");
    return Array.isArray(said) ? said.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function noteUsed(agentId: string, id: string): void {
  try {
    const next = [id, ...latelyUsed(agentId).filter((one) => one !== id)].slice(0, MOST);
    localStorage.setItem(place(agentId), JSON.stringify(next));
  } catch {
    // Without storage nothing stands under "lately".
  }
}
