import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { done, id } from "#contracts/common";
import { attachedFile } from "#contracts/desk";
import {
  type AttachedFile,
  attachedFiles,
  attachmentById,
  kindOf,
  type RunningChannels,
  removeFiles,
} from "#modules/channels";
import { can } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError, notFound, notPermitted } from "#platform/errors";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { waitingRequests } from "../approval/store/request-store.ts";
import { fileView } from "../read/file-views.ts";
import { replyOfDelivery } from "../store/desk-store.ts";
import { accessConversation, accessMessage } from "../work-acts.ts";
import { openFile, type ServedFile, sendFile } from "./file-bytes.ts";

const tag = "desk";
const byId = z.object({ id });
const hide = { schema: { hide: true } } as const;

/** Files of messages and of replies. Those that carry bytes speak another language than JSON and stand beside the others. */
export function fileRoutes(r: Routes, running: Pick<RunningChannels, "files">): void {
  r.query(
    "/api/desk/files/:id",
    { summary: "A file that I attached: whether it was looked through", tag, params: byId, response: attachedFile },
    async (tx, { actor, params }) => fileView(await ownFile(tx, actor, params.id)),
  );
  r.command(
    "DELETE",
    "/api/desk/files/:id",
    { summary: "Remove a file that I attached to no reply yet", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      await ownFile(tx, actor, params.id);
      await removeFiles(tx, actor.id, [params.id]);
      return { ok: true as const };
    },
  );

  r.app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // The bytes as they come, of whatever type.
    scope.addContentTypeParser("*", (_request, _payload, parsed) => parsed(null, null));
    scope.post("/api/desk/files", hide, async (request, reply) => {
      const actor = await r.actor(request);
      if (!can(actor, "reply.public") && !can(actor, "reply.private"))
        throw notPermitted("attach files (it needs the right reply.public or reply.private)");
      const by = { agentId: actor.id, name: nameOf(request), mime: String(request.headers["content-type"] ?? "") };
      const file = await running.files.upload(actor.accountId, by, request.raw);
      return reply.code(201).header("cache-control", "no-store").send(fileView(file));
    });
  });

  const bytes = (path: string, find: (tx: Tx, actor: Actor, id: string) => Promise<ServedFile | null>) =>
    r.app.get<{ Params: { id: string } }>(path, hide, async (request: FastifyRequest, reply: FastifyReply) => {
      const actor = await r.actor(request);
      const wanted = (request.params as { id: string }).id;
      const opened = await r.db.withAccount(actor.accountId, async (tx) => {
        const file = await find(tx, actor, wanted);
        if (!file) throw notFound("file");
        return openFile(tx, file);
      });
      return sendFile(request, reply, opened);
    });
  bytes("/api/attachments/:id", (tx, actor, at) => ofMessage(tx, actor, at, false));
  bytes("/api/attachments/:id/thumb", (tx, actor, at) => ofMessage(tx, actor, at, true));
  bytes("/api/desk/files/:id/content", async (tx, actor, at) => served(await readableFile(tx, actor, at), false));
  bytes("/api/desk/files/:id/thumb", async (tx, actor, at) => served(await readableFile(tx, actor, at), true));
}

/** Header values are Latin-1: the name comes as an escaped address does. */
function nameOf(request: FastifyRequest): string {
  try {
    return decodeURIComponent(String(request.headers["x-file-name"] ?? ""));
  } catch {
    throw new AppError("invalid-request", "Send the file's name in X-File-Name as encodeURIComponent writes it.");
  }
}

/** Under the rights of the conversation in which its message stands. */
async function ofMessage(tx: Tx, actor: Actor, at: string, small: boolean): Promise<ServedFile | null> {
  const found = await attachmentById(tx, at);
  if (found?.state !== "here") return null;
  await accessMessage(tx, actor, found.messageId);
  return served(found, small);
}

function served(
  f: { blob: string | null; thumb: string | null; mime: string; name: string },
  small: boolean,
): ServedFile | null {
  const blob = small ? f.thumb : f.blob;
  // A small picture is a PNG or a JPEG, and no browser minds which of the two it is told.
  return blob === null
    ? null
    : { blob, mime: small ? "image/png" : f.mime, kind: kindOf(f.mime, f.thumb !== null), name: f.name };
}

async function ownFile(tx: Tx, actor: Actor, at: string): Promise<AttachedFile> {
  const file = (await attachedFiles(tx, [at]))[0];
  if (file?.agentId !== actor.id) throw notFound("file of yours");
  return file;
}

/** Mine; or of a reply, on its way or waiting for approval, in a conversation that I may read. */
async function readableFile(tx: Tx, actor: Actor, at: string): Promise<AttachedFile> {
  const file = (await attachedFiles(tx, [at]))[0];
  if (file && file.agentId === actor.id) return file;
  const reply = file?.deliveryId ? await replyOfDelivery(tx, file.deliveryId) : null;
  const stands = reply ?? (file && (await waitingRequests(tx)).find((r) => r.files.some((f) => f.id === at)));
  if (!file || !stands) throw notFound("file");
  await accessConversation(tx, actor, stands.conversationId);
  return file;
}
