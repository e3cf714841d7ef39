/** The driver's own words where the server sent no SQLSTATE. */
const SAID =
  /^(connection terminated|timeout exceeded when trying to connect|client has encountered a connection error)/i;

/**
 * The database is away, stopping or without room (SQLSTATE classes 08 and 53, 57P), or it cut us off because we stood still in a transaction (25P03): nothing is wrong with what was asked of it, and the same
 * may be asked again later.
 */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return (
    (typeof code === "string" &&
      /^(08|53|57P|25P03)|^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/.test(code)) ||
    (typeof message === "string" && SAID.test(message))
  );
}

/** The disk of the database is full (SQLSTATE 53100, disk_full). */
export function lacksSpace(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "53100";
}
