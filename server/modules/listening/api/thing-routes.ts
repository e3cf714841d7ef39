import { setThings, thingsLookedBack, thingsView } from "#contracts/things";
import { settingOf } from "#modules/company";
import { audit, can, need } from "#modules/people";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { lookBackForThings, thingsSetting, writeThings } from "../things/things.ts";
import { byOf } from "./monitor-access.ts";

const tag = "monitors";

/** `/api/things`: the products and places that messages are looked through for. */
export function thingRoutes(r: Routes): void {
  r.query(
    "/api/things",
    { summary: "Products and places that messages are looked through for", tag, response: thingsView },
    async (tx, { actor }) => {
      needRead(actor);
      return view(tx, actor);
    },
  );
  r.command(
    "PUT",
    "/api/things",
    { summary: "Write the list anew; it counts for messages from now on", tag, body: setThings, response: thingsView },
    async (tx, { actor, body }) => {
      need(actor, "monitor.manage", {});
      await writeThings(tx, body.things, body.expectedVersion, byOf(actor));
      await audit(tx, actor, "things.changed", "setting", thingsSetting.key, { things: body.things.length });
      return view(tx, actor);
    },
  );
  r.command(
    "POST",
    "/api/things/look-back",
    { summary: "Look the newest messages through for the list as it stands now", tag, response: thingsLookedBack },
    async (tx, { actor }) => {
      need(actor, "monitor.manage", {});
      return lookBackForThings(tx);
    },
  );
}

/** Who works on messages chooses by these names, too. */
function needRead(actor: Actor): void {
  if (!can(actor, "conversation.read") && !can(actor, "monitor.read")) need(actor, "policy.manage");
}

async function view(tx: Tx, actor: Actor) {
  const { value, version } = await settingOf(tx, thingsSetting);
  return { things: value, version, canManage: can(actor, "monitor.manage", {}) };
}
