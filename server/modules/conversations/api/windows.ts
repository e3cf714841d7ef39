import { z } from "zod";
import { id } from "#contracts/common";
import { setWindows as setWindowsBody, type Windows as WindowsForm, windowsView } from "#contracts/windows";
import { channelsOf } from "#modules/channels";
import { brandOf } from "#modules/company";
import { audit, can, need } from "#modules/people";
import type { Tx } from "#platform/db";
import type { Routes } from "#platform/http/routes";
import type { ChannelWindows, Windows } from "../domain/windows.ts";
import { setWindows, windowsInForce } from "../windows.ts";

const params = z.object({ brandId: id });
const tag = "policies";

/** The windows as the decisions take them. */
export function windowsOfForm(form: WindowsForm): Windows {
  const channels = form.channels.map(({ channelId, reopenMs, burstMs }): [string, ChannelWindows] => [
    channelId,
    { ...(reopenMs !== null && { reopenMs }), ...(burstMs !== null && { burstMs }) },
  ]);
  return { reopen: form.reopen, burst: form.burst, channels: Object.fromEntries(channels) };
}

async function present(
  tx: Tx,
  brandId: string,
  { windows, version }: { windows: Windows; version: number },
): Promise<z.input<typeof windowsView>> {
  const names = (await channelsOf(tx)).filter((c) => c.brandId === brandId);
  const own = names.filter((c) => Object.hasOwn(windows.channels, c.id));
  return {
    ...{ brandId, version, reopen: windows.reopen, burst: windows.burst },
    channels: own.map((c) => ({
      channelId: c.id,
      reopenMs: windows.channels[c.id]!.reopenMs ?? null,
      burstMs: windows.channels[c.id]!.burstMs ?? null,
    })),
    names: names.map((c) => ({ channelId: c.id, network: c.network, name: c.name })),
  };
}

/** `/api/policies/:brandId/windows`: how long a return is the same work, and a pause the same burst. */
export function windowRoutes(r: Routes): void {
  r.query(
    "/api/policies/:brandId/windows",
    { summary: "The windows of a brand, by medium and channel", tag, params, response: windowsView },
    async (tx, { actor, params: { brandId } }) => {
      if (!can(actor, "policy.manage", { brandId })) need(actor, "work.read", { brandId });
      await brandOf(tx, brandId);
      return present(tx, brandId, await windowsInForce(tx, brandId));
    },
  );
  r.command(
    "PUT",
    "/api/policies/:brandId/windows",
    {
      summary: "Write the windows of a brand; they count for what comes from now on",
      tag,
      params,
      body: setWindowsBody,
      response: windowsView,
    },
    async (tx, { actor, params: { brandId }, body }) => {
      need(actor, "policy.manage", { brandId });
      await brandOf(tx, brandId);
      const channelIds = (await channelsOf(tx)).filter((c) => c.brandId === brandId).map((c) => c.id);
      const set = await setWindows(tx, {
        ...{ brandId, channelIds, windows: windowsOfForm(body.windows), expectedVersion: body.expectedVersion },
        by: actor.kind === "agent" ? actor.id : null,
      });
      await audit(tx, actor, "windows.set", "brand", brandId, { version: set.version });
      return present(tx, brandId, set);
    },
  );
}
