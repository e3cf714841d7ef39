import { exitCodes, StartError } from "#platform/errors";

export const roles = ["web", "worker", "ingest", "scheduler"] as const;
export type Role = (typeof roles)[number];

/** What the environment says. Everything else is a setting of the account. */
export interface Config {
  host: string;
  port: number;
  /** The address under which people reach the desk. */
  publicUrl: string;
  roles: ReadonlySet<Role>;
  databaseUrl: string | null;
  demo: boolean;
  playgroundPort: number;
  /** Replies are checked against their contracts: on outside of production, it costs. */
  checkReplies: boolean;
  /** How long a network may take to answer a call that sends; the usual time unless given. */
  sendTimeoutMs?: number;
  /** How often live streams say that they live, and rights are looked at again; 15 s unless given. */
  heartbeatMs?: number;
  /** Channels may be connected to addresses in the private network, also from the screen (HUBBUB_PRIVATE_NETWORKS=1). */
  privateNetworks?: boolean;
}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const port = portOf(env.PORT, 4000, "PORT");
  const host = env.HUBBUB_HOST || "127.0.0.1";
  return {
    host,
    port,
    publicUrl: (
      env.HUBBUB_PUBLIC_URL || `http://${host === "0.0.0.0" || host === "127.0.0.1" ? "localhost" : host}:${port}`
    ).replace(/\/+$/, ""),
    roles: rolesOf(env.HUBBUB_ROLES),
    databaseUrl: env.DATABASE_URL || null,
    demo: !/^(off|0|no|false)$/i.test(env.HUBBUB_DEMO ?? ""),
    playgroundPort: portOf(env.PLAYGROUND_PORT, port === 0 ? 0 : port + 1, "PLAYGROUND_PORT"),
    privateNetworks: /^(on|1|yes|true)$/i.test(env.HUBBUB_PRIVATE_NETWORKS ?? ""),
    checkReplies: env.NODE_ENV !== "production" && !!env.HUBBUB_CHECK_REPLIES,
  };
}

function portOf(text: string | undefined, fallback: number, name: string): number {
  if (!text) return fallback;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new StartError(
    `${name} is "${text.slice(0, 40)}". Set it to a port number from 1 to 65535.`,
    exitCodes["port-taken"],
  );
}

function rolesOf(text: string | undefined): ReadonlySet<Role> {
  const asked = (text ?? "")
    .split(",")
    .map((t) => t.trim())
    .filter(Boolean);
  const strange = asked.find((a) => !(roles as readonly string[]).includes(a));
  if (strange)
    throw new StartError(
      `HUBBUB_ROLES names "${strange}". The roles are ${roles.join(", ")}.`,
      exitCodes["runtime-missing"],
    );
  return new Set((asked.length > 0 ? asked : roles) as Role[]);
}
