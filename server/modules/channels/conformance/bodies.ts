import type { Bodies } from "./body.ts";
import { fileCases } from "./files.ts";
import { moderateCases } from "./moderate.ts";
import { operateCases } from "./operate.ts";
import { hostileCases } from "./receive-hostile.ts";
import { manyCases } from "./receive-many.ts";
import { stateCases } from "./receive-state.ts";
import { sendCases } from "./send.ts";
import { sendTextCases } from "./send-text.ts";
import { offCases } from "./switched-off.ts";
import { webhookCases } from "./webhook.ts";

/** Every case by its number. */
export const bodies: Bodies = {
  ...stateCases,
  ...manyCases,
  ...hostileCases,
  ...webhookCases,
  ...sendCases,
  ...sendTextCases,
  ...fileCases,
  ...moderateCases,
  ...offCases,
  ...operateCases,
};
