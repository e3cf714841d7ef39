import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { ChannelView } from "#contracts/channels";
import { workQuery } from "../../features/queue/work-query.ts";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { useMay } from "../../shared/session/session.ts";

/** Ill channels on which this agent works: of what is theirs, what waits for their team, and what is open. */
export function useIllChannels(openChannelIds: readonly string[]): ChannelView[] {
  const client = useQueryClient();
  const { data } = useQuery({ ...channelsQuery, enabled: useMay("channel.read") });
  const all = data?.channels ?? [];
  // What can be written to changes with a channel's sign-in: an open conversation is asked for anew.
  const shut = all.flatMap((one) => (one.state === "on" || one.state === "paused" ? [] : [one.id])).join(" ");
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    if (before.current !== null && before.current !== shut)
      void client.invalidateQueries({ queryKey: ["conversation"] });
    before.current = shut;
  }, [client, data, shut]);
  const ill = all.filter((one) => one.health.state === "ill");
  if (ill.length === 0) return ill;
  const rows = (["mine", "team"] as const).flatMap(
    (view) => client.getQueryData(workQuery(view).queryKey)?.pages.flatMap((page) => page.items) ?? [],
  );
  const used = new Set([...openChannelIds, ...rows.map((row) => row.mark.channelId)]);
  return ill.filter((one) => used.has(one.id));
}
