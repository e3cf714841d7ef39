import { z } from "zod";
import { expectedVersion, id } from "#contracts/common";
import { chatIdentitySecret, chatSetUp, saveChatSettings } from "#contracts/webchat";
import { brandOf, calendarNames, calendarsOf, seal } from "#modules/company";
import { audit, need } from "#modules/people";
import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { accessOf, announceState } from "../channels.ts";
import {
  type ChannelRow,
  findChannel,
  findChannels,
  updateChannelAccess,
  updateChannelState,
} from "../store/channel-store.ts";
import { sitesOf } from "../store/webchat-site-store.ts";
import { freshIdentitySecret } from "./connector.ts";
import { chatSettings, exactOrigin } from "./settings.ts";

const params = z.object({ id });
const tag = "channels";

/** Looking after a chat: what it is set to, the line that sites embed, and the secret by which they vouch for visitors. */
export function webchatApi(r: Routes, publicUrl: string): void {
  const own = publicUrl.replace(/\/+$/, "");
  const view = async (tx: Tx, row: ChannelRow) => {
    const settings = chatSettings(row.config);
    const [brand, seen, calendars] = [
      await brandOf(tx, row.brandId),
      await sitesOf(tx, row.id),
      await calendarNames(tx),
    ];
    const boxes = (await findChannels(tx)).filter((c) => c.network === "email" && c.brandId === row.brandId);
    const site = (origin: string) => ({ origin, helloAt: isoOrNull(seen.get(origin)) });
    return {
      ...{ key: row.externalId, name: row.name, brandName: brand.name, settings, calendars, version: row.version },
      snippet: `<script src="${own}/widget/widget.js" data-chat="${row.externalId}" async></script>`,
      policy: [`script-src ${originOf(own)}`, `frame-src ${originOf(own)}`],
      sites: settings.origins.map(site),
      mailboxes: boxes
        .filter((c) => c.state !== "archive")
        .map(({ id, name, handle }) => ({ id, name: name || handle })),
    };
  };

  r.query(
    "/api/channels/:id/webchat",
    { summary: "What a chat is set to, and the line that sites embed", tag, params, response: chatSetUp },
    async (tx, { actor, params }) => view(tx, await chatOf(tx, actor, params.id)),
  );

  r.command(
    "PUT",
    "/api/channels/:id/webchat",
    { summary: "Set up a chat", tag, params, body: saveChatSettings, response: chatSetUp },
    async (tx, { actor, params, body }) => {
      const row = await chatOf(tx, actor, params.id, body.expectedVersion);
      await checkSettings(tx, row, body.settings);
      const { answers: _, ...rest } = row.config;
      const config = { ...rest, ...body.settings, answers: { origins: body.settings.origins.join("\n") } };
      await updateChannelAccess(tx, row.id, { name: row.name, handle: row.handle, config, secret: row.secret });
      await audit(tx, actor, "channel.chat-set", "channel", row.id, { before: chatSettings(row.config) });
      return view(tx, await changed(tx, row));
    },
  );

  r.command(
    "POST",
    "/api/channels/:id/webchat/identity-secret",
    {
      summary: "Make a new identity secret for the chat's sites; the one before counts until the next",
      tag,
      params,
      body: z.object({ expectedVersion }),
      response: chatIdentitySecret,
    },
    async (tx, { actor, params, body }) => {
      const row = await chatOf(tx, actor, params.id, body.expectedVersion);
      const { secret } = await accessOf(tx, row);
      const identitySecret = freshIdentitySecret();
      const next = { ...secret, identitySecret, formerIdentitySecret: secret.identitySecret ?? "" };
      await updateChannelAccess(tx, row.id, {
        ...{ name: row.name, handle: row.handle, config: row.config },
        secret: await seal(tx, Buffer.from(JSON.stringify(next))),
      });
      await audit(tx, actor, "channel.chat-secret", "channel", row.id);
      return { identitySecret, version: (await changed(tx, row)).version };
    },
  );
}

const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : iso(at));
const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);

async function chatOf(tx: Tx, actor: Actor, id: string, expected?: number): Promise<ChannelRow> {
  const row = await findChannel(tx, id, expected !== undefined);
  if (row?.network !== "webchat" || row.state === "archive") throw notFound("chat");
  need(actor, "channel.manage", { brandId: row.brandId });
  if (expected !== undefined && row.version !== expected) throw conflict("channel", { version: row.version });
  return row;
}

async function changed(tx: Tx, row: ChannelRow): Promise<ChannelRow> {
  announceState(tx, row.id, row.state, row.trouble, await updateChannelState(tx, row.id, row.state, row.trouble));
  return (await findChannel(tx, row.id))!;
}

type Settings = z.output<typeof saveChatSettings>["settings"];

/** Each field that would fall back silently is said. */
async function checkSettings(tx: Tx, row: ChannelRow, given: Settings): Promise<void> {
  const refuse = (path: string, message: string) =>
    new AppError("invalid-request", message, { errors: [{ path: `body/settings/${path}`, message }] });
  const wrong = given.origins.find((one) => exactOrigin(one) !== one);
  if (wrong !== undefined)
    throw refuse(
      "origins",
      `"${wrong}" is no address of a site. Give scheme and host alone, such as https://www.example.com.`,
    );
  const read = chatSettings({ ...given });
  for (const name of Object.keys(given) as (keyof Settings)[])
    if (JSON.stringify(read[name]) !== JSON.stringify(given[name]))
      throw refuse(name, `${name} does not fit. See the guide for what it may be.`);
  if (given.calendarId !== null && !(await calendarsOf(tx, [given.calendarId])).has(given.calendarId))
    throw refuse("calendarId", "There is no such calendar.");
  const box = given.mailChannelId === null ? null : await findChannel(tx, given.mailChannelId);
  if (given.mailChannelId !== null && (box?.network !== "email" || box.brandId !== row.brandId))
    throw refuse("mailChannelId", "This is no mailbox of the chat's brand.");
}
