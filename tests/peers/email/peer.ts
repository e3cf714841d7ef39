import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const DOVECOT = "/usr/sbin/dovecot";
const EXIM = "/usr/sbin/exim4";
/** Any user other than root: neither program delivers as root. */
const OWNER = { name: "mail", uid: 8, gid: 8 };

/** Why Dovecot and Exim cannot be started here; null when they can. */
export function missing(): string | null {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "both servers are started as root";
  for (const program of [DOVECOT, EXIM]) if (!existsSync(program)) return `${program} is not installed`;
  const version = spawnSync(DOVECOT, ["--version"], { encoding: "utf8" }).stdout ?? "";
  return version.startsWith("2.3.") ? null : `the settings here are of Dovecot 2.3, and this is ${version.trim()}`;
}

export interface MailPeer {
  readonly imapPort: number;
  readonly smtpPort: number;
  /** Every mailbox has this password. */
  readonly password: string;
  /** Ends whatever holds the mail of Exim, and starts it again. */
  stopExim(): Promise<void>;
  startExim(): Promise<void>;
  stop(): Promise<void>;
}

export const DOMAIN = "mail.test";
const PASSWORD = "peer-password";

/** A mail server of its own: Exim takes mail by SMTP and writes maildirs, which Dovecot shows by IMAP. Loopback only, in a temporary folder. */
export async function startMail(users: readonly string[]): Promise<MailPeer> {
  // Every folder above must be enterable for the user the mail belongs to.
  const folder = mkdtempSync(join(tmpdir(), "hubbub-peer-mail-"));
  chmodSync(folder, 0o755);
  const [imapPort, smtpPort] = [await freePort(), await freePort()];
  const boxes = join(folder, "boxes");
  mkdirSync(boxes);
  for (const user of users) mkdirSync(join(boxes, user));
  // Exim writes its logs and its queue as that user, too.
  const spool = join(folder, "spool");
  mkdirSync(spool);
  spawnSync("chown", ["-R", `${OWNER.uid}:${OWNER.gid}`, boxes, spool]);
  const running = new Set<ChildProcess>();
  const run = (program: string, args: string[]): ChildProcess => {
    const child = spawn(program, args, { stdio: "ignore", cwd: "/" });
    running.add(child);
    child.once("exit", () => running.delete(child));
    return child;
  };
  const end = async (child: ChildProcess): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const kill = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(kill);
  };

  writeFileSync(join(folder, "dovecot.conf"), dovecotConf(folder, boxes, imapPort));
  writeFileSync(join(folder, "exim.conf"), eximConf(spool, boxes, smtpPort, users), { mode: 0o644 });
  let exim: ChildProcess | undefined;
  const peer: MailPeer = {
    imapPort,
    smtpPort,
    password: PASSWORD,
    async stopExim() {
      if (exim) await end(exim);
    },
    async startExim() {
      exim = run(EXIM, ["-bdf", "-q1m", "-C", join(folder, "exim.conf")]);
      await answers(smtpPort, join(spool, "exim-mainlog"));
    },
    async stop() {
      for (const child of [...running]) await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    run(DOVECOT, ["-F", "-c", join(folder, "dovecot.conf")]);
    await answers(imapPort, join(folder, "dovecot.log"));
    await peer.startExim();
    return peer;
  } catch (error) {
    await peer.stop();
    throw error;
  }
}

function dovecotConf(folder: string, boxes: string, port: number): string {
  return `base_dir = ${folder}/dovecot
state_dir = ${folder}/dovecot-state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = dovecot
default_login_user = dovenull
default_internal_group = dovecot
first_valid_uid = 1
mail_location = maildir:${boxes}/%n
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${OWNER.uid} gid=${OWNER.gid} home=${boxes}/%n
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox Done {
    auto = create
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}

/** Exim refuses $local_part in a path: only what a lookup gave back ($local_part_data) is trusted. */
function eximConf(spool: string, boxes: string, port: number, users: readonly string[]): string {
  return `exim_user = ${OWNER.name}
exim_group = ${OWNER.name}
trusted_users = ${OWNER.name}
primary_hostname = mx.${DOMAIN}
domainlist ours = ${DOMAIN}
spool_directory = ${spool}
log_file_path = ${spool}/exim-%slog
pid_file_path = ${spool}/exim.pid
keep_environment =
daemon_smtp_ports = ${port}
local_interfaces = 127.0.0.1
tls_advertise_hosts =
never_users =
# A configuration outside of /etc loses root before it delivers.
deliver_drop_privilege
acl_smtp_rcpt = may_send
acl_smtp_data = may_send
host_lookup =
rfc1413_hosts =
prdr_enable = false
queue_run_in_order
bounce_return_size_limit = 10K
message_size_limit = 30M

begin acl
may_send:
  accept

begin routers
boxes:
  driver = accept
  domains = +ours
  local_part_suffix = +*
  local_part_suffix_optional
  local_parts = ${users.join(" : ")}
  transport = maildir
unknown:
  driver = redirect
  domains = +ours
  allow_fail
  data = :fail: there is no such mailbox here

begin transports
maildir:
  driver = appendfile
  maildir_format
  directory = ${boxes}/$local_part_data
  create_directory
  delivery_date_add
  envelope_to_add
  return_path_add
  user = ${OWNER.name}
  group = ${OWNER.name}
  mode = 0600

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = \${if eq{$auth3}{${PASSWORD}}}
  server_set_id = $auth2
  server_advertise_condition = true
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = \${if eq{$auth2}{${PASSWORD}}}
  server_set_id = $auth1
  server_advertise_condition = true
`;
}

/** Waits until the port answers; a server that does not come says why in its log. */
async function answers(port: number, log: string): Promise<void> {
  for (let i = 0; i < 300; i++) {
    if (await canConnect(port)) return;
    await pause(100);
  }
  const said = existsSync(log) ? readFileSync(log, "utf8").slice(-2_000) : "";
  throw new Error(`Nothing answers on port ${port}. ${said}`);
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket();
    const done = (ok: boolean) => {
      socket.destroy();
      resolve(ok);
    };
    socket.once("data", () => done(true)).once("error", () => done(false));
    socket.setTimeout(2_000, () => done(false));
    socket.connect(port, "127.0.0.1");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
