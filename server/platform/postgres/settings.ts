import { totalmem } from "node:os";

/**
 * Settings given on the command line at each start, so that a new release brings its own and nothing in the cluster's
 * files has to be edited. Sized for two programs on a small machine (DESIGN §6); `more` overrides.
 */
export function serverSettings(port: number, more: Record<string, string> = {}): string[] {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    password_encryption: "scram-sha-256",
    max_connections: "100",
    timezone: "UTC",
    log_timezone: "UTC",
    // Memory is taken as it is touched: a quiet cluster stays far below this.
    shared_buffers: "128MB",
    effective_cache_size: `${Math.max(256, Math.round(totalmem() / 2 / 1e6))}MB`,
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    huge_pages: "off",
    // Short queries of one program: fewer helper processes, no compiling of queries.
    jit: "off",
    io_method: "sync",
    max_worker_processes: "4",
    max_parallel_workers: "2",
    max_parallel_workers_per_gather: "1",
    max_logical_replication_workers: "0",
    max_wal_senders: "0",
    autovacuum_max_workers: "2",
    random_page_cost: "1.1",
    fsync: "on",
    checkpoint_completion_target: "0.9",
    max_wal_size: "1GB",
    // Failing statements and rows may hold what customers wrote; the caller reports errors, this log does not (D8).
    log_min_messages: "log",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_parameter_max_length_on_error: "0",
    log_checkpoints: "off",
    ...more,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Who may connect how: from this machine, with a password. Written at each start. */
export const HOST_RULES = "host all all 127.0.0.1/32 scram-sha-256\n";
