import type { ApiClient, Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import type { Desk } from "../support/server.ts";

type MakeGood = () => Promise<{ path: string; body?: Json }>;

/** Good requests about what was learnt and what was set aside. */
export function goodLearning(desk: Desk, marek: ApiClient): Record<string, MakeGood> {
  const brand = `/api/set-aside/${desk.company.brandId}`;
  /** Somebody says something that is not for us. */
  const leftOut = async () => {
    const first = await marek.get(brand);
    if (first.items.length > 0) return;
    await desk.network.people([{ handle: "lena_left", name: "Lena", followers: 4 }]);
    await desk.network.post("lena_left", "@northwind thank you so much!");
    await eventually("it is set aside", async () => (await marek.get(brand)).items.length > 0);
  };
  const sample = async (): Promise<string> => {
    await leftOut();
    return (await marek.do("POST", `${brand}/samples`)).id;
  };
  const label = async (task: string): Promise<Json> =>
    (await marek.get("/api/learning")).labels.find((one: Json) => one.task === task);
  return {
    "GET /api/learning": async () => ({ path: "/api/learning" }),
    "PUT /api/learning/{key}/version": async () => ({
      path: "/api/learning/noise/version",
      body: { version: 0, pinned: true, expectedVersion: (await label("noise")).version },
    }),
    "GET /api/learning/{key}/changes": async () => ({ path: "/api/learning/sentiment/changes?from=0&to=0" }),
    "GET /api/learning/today": async () => ({ path: "/api/learning/today" }),
    "PUT /api/learning/days/{day}/{place}": async () => {
      await leftOut();
      const { day, posts } = await marek.get("/api/learning/today");
      return { path: `/api/learning/days/${day}/${posts[0].place}`, body: { said: "skip" } };
    },
    "GET /api/set-aside/{brandId}": async () => ({ path: brand }),
    "GET /api/set-aside/{brandId}/samples": async () => ({ path: `${brand}/samples` }),
    "POST /api/set-aside/{brandId}/samples": async () => {
      await leftOut();
      return { path: `${brand}/samples` };
    },
    "GET /api/set-aside/{brandId}/samples/{sampleId}": async () => ({ path: `${brand}/samples/${await sample()}` }),
    "PUT /api/set-aside/{brandId}/samples/{sampleId}/{place}": async () => ({
      path: `${brand}/samples/${await sample()}/1`,
      body: { verdict: "leave" },
    }),
  };
}
