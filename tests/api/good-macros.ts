import type { ApiClient, Json } from "../support/api-client.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;

/** Good requests about macros: made, changed and deleted by who may change those of everybody. */
export function goodMacros(marek: ApiClient): Record<string, MakeGood> {
  let made = 0;
  const macro = () => ({
    ...{ name: `late-${++made}`, brandId: null, audience: "any" },
    texts: [{ locale: "en", text: "Hello {{customer.first_name}}, it is on its way." }],
    act: { kind: "snooze", minutes: 60 },
  });
  const scope = { kind: "account" };
  const saved = async (): Promise<string> =>
    `/api/macros/${(await marek.do("POST", "/api/macros", { ...macro(), scope })).id}`;
  return {
    "GET /api/macros": async () => ({ path: "/api/macros" }),
    "POST /api/macros": async () => ({ path: "/api/macros", body: { ...macro(), scope } }),
    "PUT /api/macros/{id}": async () => ({ path: await saved(), body: { ...macro(), expectedVersion: 1 } }),
    "DELETE /api/macros/{id}": async () => ({ path: await saved() }),
  };
}
