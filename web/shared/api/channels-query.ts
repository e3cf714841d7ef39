import { queryOptions } from "@tanstack/react-query";
import type { ChannelView } from "#contracts/channels";
import { api } from "./api.ts";

export type StopSwitch = {
  scope: "all" | "brand";
  brandId: string | null;
  since: string;
  reason: string;
  crisis?: boolean;
};

/** The channels with their troubles, and the stop switches that are on; kept fresh by the live kind "channel". */
export const channelsQuery = queryOptions({
  queryKey: ["channels"],
  queryFn: ({ signal }) =>
    api.get<{ channels: ChannelView[]; stopped: StopSwitch[]; files?: { scanned: boolean; waiting: number } }>(
      "/api/channels",
      undefined,
      signal,
    ),
});
