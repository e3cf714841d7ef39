import type { ComponentType } from "react";
import type { AreaId } from "./areas.ts";

export type PageLoader = () => Promise<{ default: ComponentType }>;

/**
 * The page of each area, loaded when first opened. An area without a line here is not in the menu.
 * A page takes its words from features; two features meet only here in web/app.
 */
export const pages: Partial<Record<AreaId, PageLoader>> = {
  desk: () => import("./desk/desk-page.tsx"),
  team: () => import("../features/team/team-page.tsx"),
  policy: () => import("../features/policy/policy-page.tsx"),
  start: () => import("../features/start/start-page.tsx"),
  channels: () => import("../features/channels/channels-page.tsx"),
  insights: () => import("../features/insights/insights-page.tsx"),
};
