import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";

/**
 * Children and signals. Every program the launcher starts goes through `run`, so a signal sent to the launcher alone
 * reaches the one that works, and the launcher leaves only after it.
 */
const live = new Set();
let received = 0;
let lastSignalAt;
let stoppedBy;

/** The signal that asked us to stop, if any: callers end their sequence when it is set. */
export function stopSignal() {
  return stoppedBy;
}

export function exitCodeFor(signal) {
  return 128 + (constants.signals[signal] ?? 0);
}

/**
 * Starts a program and waits for its end.
 * `service: true` is for what must shut down in order: it gets a process group of its own, so that Ctrl-C reaches it
 * once (from us) and not twice, and a channel whose end tells it that the launcher was killed (see guard.mjs).
 * `guarded: true` gives such a channel to any program that loads guard.mjs.
 * `capture: true` keeps the output instead of showing it.
 */
export function run(
  command,
  args,
  { cwd, env = process.env, service = false, guarded = service, capture = false } = {},
) {
  return new Promise((resolve) => {
    const output = capture ? "pipe" : "inherit";
    const stdio = [service || capture ? "ignore" : "inherit", output, output];
    if (guarded) stdio.push("ipc");
    const child = spawn(command, args, {
      cwd,
      env: guarded ? { ...env, HUBBUB_LAUNCHER: String(process.pid) } : env,
      stdio,
      detached: service,
      serialization: "json",
    });
    const entry = { child, service };
    live.add(entry);
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    child.stderr?.setEncoding("utf8").on("data", (chunk) => (text += chunk));
    child.once("error", (error) => {
      live.delete(entry);
      resolve({ code: 127, error, output: text });
    });
    child.once("close", (code, signal) => {
      live.delete(entry);
      resolve({ code: signal ? exitCodeFor(signal) : (code ?? 1), signal, output: text });
    });
  });
}

/** Asks every program that still runs to end. */
export function endAll() {
  for (const { child } of live) child.kill("SIGTERM");
}

/** Passes signals on. npm forwards what the terminal has sent already: the second of two within a second is dropped. */
export function passSignalsOn() {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => forward(signal));
  if (process.env.npm_lifecycle_event) stopWhenNpmIsGone();
}

/** Times in milliseconds; `last` is undefined before the first signal. */
export function isEcho(last, now) {
  return last !== undefined && now - last < 1000;
}

function forward(signal) {
  const now = performance.now();
  if (isEcho(lastSignalAt, now)) return;
  lastSignalAt = now;
  received += 1;
  stoppedBy = signal;
  if (live.size === 0) process.exit(exitCodeFor(signal));
  for (const { child, service } of live) {
    if (service) child.kill(received > 2 ? "SIGKILL" : signal === "SIGHUP" ? "SIGTERM" : signal);
    // On a terminal, Ctrl-C went to the whole foreground group already.
    else if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
  }
}

/**
 * npm runs us through a shell. Neither npm killed by force nor a shell that ends at SIGTERM tells us anything: we see it
 * by having other ancestors than at first, and shut down in order.
 */
function stopWhenNpmIsGone() {
  const shell = process.ppid;
  const npm = parentOf(shell);
  const watch = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(watch);
    forward("SIGTERM");
  }, 500);
  watch.unref();
}

/** The parent of a process on Linux; elsewhere always undefined, so that only our own parent is watched there. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
  } catch {
    return undefined;
  }
}
