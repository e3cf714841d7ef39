import type { ComponentType } from "react";
import type { AreaId } from "./areas.ts";

export type PageLoader = () => Promise<{ default: ComponentType }>;

/**
 * The page of each area, loaded when first opened. An area without a line here is not in the menu.
 * A page takes its words from features; two features meet only here in web/app.
 */
export const pages: Partial<Record<AreaId, PageLoader>> = {
  desk: () => import("./desk/desk-page.tsx"),
  "for-me": () => import("../features/for-me/for-me-page.tsx"),
  wallboard: () => import("./wallboard/wallboard-route.tsx"),
  team: () => import("../features/team/team-page.tsx"),
  queues: () => import("../features/queues/queues-page.tsx"),
  policy: () => import("../features/policy/policy-page.tsx"),
  hours: () => import("../features/hours/hours-page.tsx"),
  voice: () => import("../features/voice/voice-page.tsx"),
  rehearse: () => import("../features/rehearse/rehearse-page.tsx"),
  approvals: () => import("../features/approval/approvals-page.tsx"),
  escalations: () => import("../features/escalation/escalations-page.tsx"),
  start: () => import("../features/start/start-page.tsx"),
  channels: () => import("../features/channels/channels-page.tsx"),
  listening: () => import("../features/listening/listening-page.tsx"),
  learning: () => import("../features/learning/learning-page.tsx"),
  insights: () => import("../features/insights/insights-page.tsx"),
};
