/** What the supervisor needs of a log; pino's fits. */
export interface SupervisorLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** PostgreSQL sees nothing of the caller's zone, language or PG… settings: the cluster must be the same everywhere. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/bin:/bin", HOME: "/", LC_ALL: "C", TZ: "UTC" };
}
