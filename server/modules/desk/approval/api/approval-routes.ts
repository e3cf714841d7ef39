import { z } from "zod";
import {
  approvalFinding,
  approvalList,
  approvalQuery,
  approvalRules,
  approvalRulesSave,
  approvalRulesView,
  approvalView,
  approve as approveBody,
  commentApproval,
  confirmApproval,
  returnApproval,
  withdrawApproval,
} from "#contracts/approval";
import { id } from "#contracts/common";
import { sendReply } from "#contracts/desk";
import { brandOf, settingOf } from "#modules/company";
import { need } from "#modules/people";
import type { Tx } from "#platform/db";
import type { Actor } from "#platform/http/actor";
import type { Routes } from "#platform/http/routes";
import { accessRequest } from "../access.ts";
import { askApproval } from "../ask.ts";
import { approve, commentRequest, confirmRequest, returnRequest, withdrawRequest } from "../decide.ts";
import { approvalsFor, approvalView as viewOf } from "../list.ts";
import { rulesFindings, saveRules } from "../rules.ts";
import { approvalSetting } from "../settings.ts";
import { sayings } from "../text-checks.ts";

const tag = "approval";
const byId = z.object({ id });

/** Replies that wait for other eyes: asked for, passed, given back; and the rules that say which. */
export function approvalRoutes(r: Routes): void {
  const shown = async (tx: Tx, actor: Actor, requestId: string) =>
    viewOf(tx, actor, await accessRequest(tx, actor, requestId, "read"));

  r.query(
    "/api/desk/approvals",
    {
      summary: "Replies that wait for approval: mine to pass, and my own",
      tag,
      query: approvalQuery,
      response: approvalList,
    },
    (tx, { actor, query }) => approvalsFor(tx, actor, query.view),
  );
  r.query(
    "/api/desk/approvals/:id",
    { summary: "A reply that waits, or waited, for approval", tag, params: byId, response: approvalView },
    (tx, { actor, params }) => shown(tx, actor, params.id),
  );
  r.command(
    "POST",
    "/api/desk/conversations/:id/approvals",
    {
      summary: "Ask for approval of a reply; it leaves when it is passed",
      ...{ tag, params: byId, body: sendReply, response: approvalView, status: 201 },
    },
    async (tx, { actor, params, body }) => {
      const made = await askApproval(tx, actor, { conversationId: params.id, ...body });
      return shown(tx, actor, made.id);
    },
  );
  r.command(
    "POST",
    "/api/desk/approvals/:id/approve",
    {
      summary: "Pass a reply, as it stands or in other words; the last look sends it on its way",
      ...{ tag, params: byId, body: approveBody, response: approvalView },
    },
    async (tx, { actor, params, body }) => {
      await approve(tx, actor, params.id, body);
      return shown(tx, actor, params.id);
    },
  );
  r.command(
    "POST",
    "/api/desk/approvals/:id/return",
    {
      summary: "Give a reply back to its author's draft, with the reason",
      ...{ tag, params: byId, body: returnApproval, response: approvalView },
    },
    async (tx, { actor, params, body }) => {
      await returnRequest(tx, actor, params.id, body);
      return shown(tx, actor, params.id);
    },
  );
  r.command(
    "POST",
    "/api/desk/approvals/:id/withdraw",
    {
      summary: "Take my own request back; its words return to my draft",
      ...{ tag, params: byId, body: withdrawApproval, response: approvalView },
    },
    async (tx, { actor, params, body }) => {
      await withdrawRequest(tx, actor, params.id, body.expectedVersion);
      return shown(tx, actor, params.id);
    },
  );
  r.command(
    "POST",
    "/api/desk/approvals/:id/confirm",
    {
      summary: "The text still fits after what was said meanwhile",
      ...{ tag, params: byId, body: confirmApproval, response: approvalView },
    },
    async (tx, { actor, params, body }) => {
      await confirmRequest(tx, actor, params.id, body.expectedVersion);
      return shown(tx, actor, params.id);
    },
  );
  r.command(
    "POST",
    "/api/desk/approvals/:id/comments",
    {
      summary: "A word about a reply that waits; it decides nothing",
      ...{ tag, params: byId, body: commentApproval, response: approvalView, status: 201 },
    },
    async (tx, { actor, params, body }) => {
      await commentRequest(tx, actor, params.id, body.says);
      return shown(tx, actor, params.id);
    },
  );
  ruleRoutes(r);
}

function ruleRoutes(r: Routes): void {
  const view = async (tx: Tx, brandId: string | null) => {
    const here = await settingOf(tx, approvalSetting, brandId ? { brandId } : {});
    const account = brandId ? await settingOf(tx, approvalSetting) : here;
    return {
      ...{ brandId, rules: here.value, version: here.version, sayings: [...sayings()] },
      own: brandId === null || JSON.stringify(here.value) !== JSON.stringify(account.value),
      findings: await rulesFindings(tx, here.value),
    };
  };
  const where = (brandId: string | null) => (brandId ? { brandId } : {});
  r.query(
    "/api/approval-rules",
    {
      summary: "Which replies wait for other eyes, with what this leaves open",
      ...{ tag, query: z.object({ brandId: id.optional() }), response: approvalRulesView },
    },
    async (tx, { actor, query }) => {
      need(actor, "settings.manage", where(query.brandId ?? null));
      if (query.brandId) await brandOf(tx, query.brandId);
      return view(tx, query.brandId ?? null);
    },
  );
  r.command(
    "POST",
    "/api/approval-rules/check",
    {
      summary: "Check rules without saving them (changes nothing)",
      ...{ tag, body: z.object({ rules: approvalRules }), response: z.object({ findings: z.array(approvalFinding) }) },
    },
    async (tx, { actor, body }) => {
      need(actor, "settings.manage");
      return { findings: await rulesFindings(tx, body.rules) };
    },
  );
  r.command(
    "PUT",
    "/api/approval-rules",
    { summary: "Give the rules a new version", tag, body: approvalRulesSave, response: approvalRulesView },
    async (tx, { actor, body }) => {
      need(actor, "settings.manage", where(body.brandId));
      if (body.brandId) await brandOf(tx, body.brandId);
      const from = body.from === null ? null : Date.parse(body.from);
      await saveRules(tx, actor, { ...body, from });
      return view(tx, body.brandId);
    },
  );
}
