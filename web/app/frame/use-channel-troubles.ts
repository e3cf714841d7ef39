import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { useMay } from "../../shared/session/session.ts";
import type { ChannelTrouble } from "./frame.tsx";

/** What the top bar says about channels: one line for one in trouble, one for all when there are more. */
export function useChannelTroubles(): ChannelTrouble[] {
  const { t } = useLingui();
  const { data } = useQuery({ ...channelsQuery, enabled: useMay("channel.read") });
  if (!data) return [];
  if (data.stopped.length > 0 && data.stopped.every((stop) => stop.crisis))
    return [{ id: "paused", text: t`Publishing is paused: a crisis runs` }];
  if (data.stopped.length > 0) return [{ id: "stopped", text: t`Nothing goes out: the stop switch is on` }];
  const troubled = data.channels.filter((channel) => channel.trouble !== null || channel.health.state === "ill");
  const one = troubled[0];
  if (!one) return [];
  if (troubled.length > 1) return [{ id: "several", text: t`${troubled.length} channels in trouble` }];
  return [{ id: one.id, text: one.trouble === null ? t`${one.name} is ill` : `${one.name}: ${one.trouble}` }];
}
