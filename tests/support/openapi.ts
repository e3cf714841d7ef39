import type { ApiClient, Json } from "./api-client.ts";

/** One address with one method, as the API describes itself. */
export interface Operation {
  /** "POST /api/desk/conversations/{id}/replies" */
  name: string;
  method: string;
  url: string;
  pathNames: string[];
  queryNames: string[];
  /** JSON schema of the body, references followed. */
  body: Json | null;
  /** A change: it takes an Idempotency-Key. */
  command: boolean;
}

/** Changes that are no commands of an account: they make or end the session itself, or come from a network. */
const NO_COMMAND = new Set([
  "POST /api/session",
  "POST /api/session/demo",
  "DELETE /api/session",
  "POST /hooks/{hookId}",
]);

export async function operationsOf(client: ApiClient): Promise<Operation[]> {
  const { paths } = await client.get("/api/openapi.json");
  return Object.entries<Json>(paths).flatMap(([url, methods]) =>
    Object.entries<Json>(methods).map(([verb, operation]) => {
      const method = verb.toUpperCase();
      const name = `${method} ${url}`;
      const named = (where: string) =>
        (operation.parameters ?? []).filter((p: Json) => p.in === where).map((p: Json) => p.name);
      return {
        ...{ name, method, url, pathNames: named("path"), queryNames: named("query") },
        body: operation.requestBody?.content?.["application/json"]?.schema ?? null,
        command: method !== "GET" && !NO_COMMAND.has(name),
      };
    }),
  );
}
