export { type EmbeddedPostgres, findRunningPostgres, startEmbeddedPostgres } from "./embedded.ts";
export type { SupervisorLog } from "./environment.ts";
export {
  addressOf,
  type ClusterAddress,
  createDatabase,
  dropDatabase,
  ensureExtensions,
  ensureRoles,
} from "./roles.ts";
export type { UnexpectedExit } from "./supervise.ts";
