import { setSetting, settingOf } from "#modules/company";
import type { Tx } from "#platform/db";
import { conflict } from "#platform/errors";
import type { ChannelWindows, Windows } from "./domain/windows.ts";
import { burstGapsSetting, channelWindowsSetting, reopenWindowsSetting } from "./settings.ts";
import { lockWindows } from "./store/windows-store.ts";

/** The windows of a brand with the version of what was written last; 0: nothing was. */
export async function windowsInForce(tx: Tx, brandId: string): Promise<{ windows: Windows; version: number }> {
  const [reopen, burst, channels] = [
    await settingOf(tx, reopenWindowsSetting, { brandId }),
    await settingOf(tx, burstGapsSetting, { brandId }),
    await settingOf(tx, channelWindowsSetting),
  ];
  return {
    windows: { reopen: reopen.value, burst: burst.value, channels: channels.value },
    version: reopen.version + burst.version + channels.version,
  };
}

/**
 * Writes the windows of a brand, those of its own channels among them. They count for returns that come from now on; what was counted
 * is not counted anew.
 */
export async function setWindows(
  tx: Tx,
  set: {
    brandId: string;
    windows: Windows;
    /** The brand's channels: of others nothing is changed. */
    channelIds: readonly string[];
    expectedVersion: number;
    by: string | null;
  },
): Promise<{ windows: Windows; version: number }> {
  const { brandId, by } = set;
  await lockWindows(tx);
  const now = await windowsInForce(tx, brandId);
  if (now.version !== set.expectedVersion) throw conflict("windows", { version: now.version });
  const own = new Set(set.channelIds);
  const channels: Record<string, ChannelWindows> = {};
  for (const [id, w] of Object.entries(now.windows.channels)) if (!own.has(id)) channels[id] = w;
  for (const [id, w] of Object.entries(set.windows.channels))
    if (own.has(id) && (w.reopenMs !== undefined || w.burstMs !== undefined)) channels[id] = w;
  const differs = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) !== JSON.stringify(sorted(b));
  if (differs(set.windows.reopen, now.windows.reopen))
    await setSetting(tx, reopenWindowsSetting, { ...set.windows.reopen }, by, { brandId });
  if (differs(set.windows.burst, now.windows.burst))
    await setSetting(tx, burstGapsSetting, { ...set.windows.burst }, by, { brandId });
  if (differs(channels, now.windows.channels)) await setSetting(tx, channelWindowsSetting, channels, by);
  return windowsInForce(tx, brandId);
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => [k, sorted(v)]);
}
