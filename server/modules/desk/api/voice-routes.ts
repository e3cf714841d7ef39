import { z } from "zod";
import { id } from "#contracts/common";
import { brandVoices, brandVoiceView, saveBrandVoice, voiceOfConversation as voiceShape } from "#contracts/voice";
import { channelsOf } from "#modules/channels";
import { type Brand, brandOf, brandsOf, setSetting, settingOf } from "#modules/company";
import { audit, can, need } from "#modules/people";
import type { Tx } from "#platform/db";
import { conflict } from "#platform/errors";
import type { Routes } from "#platform/http/routes";
import { voiceOfConversation } from "../voice/of-conversation.ts";
import { voiceSetting } from "../voice/settings.ts";

const tag = "desk";

/** How the brands speak, and what the composer's checks have to know. */
export function voiceRoutes(r: Routes): void {
  r.query(
    "/api/desk/conversations/:id/voice",
    {
      summary:
        "What the checks of a draft need to know: the brand's guide, the place's customs, the latest public replies",
      tag,
      params: z.object({ id }),
      response: voiceShape,
    },
    (tx, { actor, params }) => voiceOfConversation(tx, actor, params.id),
  );
  r.query("/api/voices", { summary: "How each brand speaks", tag, response: brandVoices }, async (tx, { actor }) => {
    const [brands, channels] = [await brandsOf(tx), await channelsOf(tx)];
    const mine = brands.filter((b) => can(actor, "settings.manage", { brandId: b.id }));
    if (mine.length === 0) need(actor, "settings.manage");
    const networks = [...new Set(channels.filter((c) => c.capabilities.public).map((c) => c.network))].sort();
    const views = [];
    for (const brand of mine) views.push(await viewOf(tx, brand));
    return { brands: views, networks };
  });
  r.command(
    "PUT",
    "/api/voices/:brandId",
    {
      summary: "Give a brand's voice a new version",
      tag,
      params: z.object({ brandId: id }),
      body: saveBrandVoice,
      response: brandVoiceView,
    },
    async (tx, { actor, params: { brandId }, body }) => {
      need(actor, "settings.manage", { brandId });
      const brand = await brandOf(tx, brandId);
      const { version } = await settingOf(tx, voiceSetting, { brandId });
      if (version !== body.base) throw conflict("voice", { version });
      const made = await setSetting(tx, voiceSetting, body.voice, actor.id, { brandId });
      await audit(tx, actor, "voice.changed", "brand", brandId, { version: made });
      return viewOf(tx, brand);
    },
  );
}

async function viewOf(tx: Tx, { id: brandId, name, locale, disclosure }: Brand) {
  const { value, version } = await settingOf(tx, voiceSetting, { brandId });
  return { brand: { id: brandId, name, locale, disclosure }, voice: value, version };
}
