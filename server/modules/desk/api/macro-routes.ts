import { z } from "zod";
import { done, id } from "#contracts/common";
import { changeMacro, macroBoard, macroSaved, newMacro } from "#contracts/macros";
import type { Routes } from "#platform/http/routes";
import { addMacro, changeMacroOf, dropMacro, macroBoardFor } from "../macros/macros.ts";

const tag = "desk";
const byId = z.object({ id });

/** Texts and acts that agents use again. */
export function macroRoutes(r: Routes): void {
  r.query(
    "/api/macros",
    { summary: "The macros I can use: the account's, my teams' and my own", tag, response: macroBoard },
    (tx, { actor }) => macroBoardFor(tx, actor),
  );
  r.command(
    "POST",
    "/api/macros",
    { summary: "Make a macro", tag, body: newMacro, response: macroSaved, status: 201 },
    (tx, { actor, body }) => addMacro(tx, actor, body),
  );
  r.command(
    "PUT",
    "/api/macros/:id",
    { summary: "Give a macro a new version", tag, params: byId, body: changeMacro, response: macroSaved },
    (tx, { actor, params, body }) => changeMacroOf(tx, actor, params.id, body),
  );
  r.command(
    "DELETE",
    "/api/macros/:id",
    { summary: "Delete a macro", tag, params: byId, response: done },
    async (tx, { actor, params }) => {
      await dropMacro(tx, actor, params.id);
      return { ok: true as const };
    },
  );
}
