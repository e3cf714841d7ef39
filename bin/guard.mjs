/** Loaded before a program the launcher starts: when the launcher is killed by force, the program ends too, in order. */
const launcher = Number(process.env.HUBBUB_LAUNCHER);
const watched = process.env.HUBBUB_WATCHED === "1";
// Programs this one starts are not guarded by the launcher.
delete process.env.HUBBUB_LAUNCHER;
delete process.env.HUBBUB_WATCHED;

if (launcher && watched) {
  // `node --watch` stands between: the channel is its own, and it is what has to end (it takes us along).
  const watcher = process.ppid;
  setInterval(() => {
    if (isGone(launcher) && process.ppid === watcher && watcher > 1) process.kill(watcher, "SIGTERM");
  }, 1000).unref();
} else if (launcher && process.channel) {
  // The channel to the launcher ends with it.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel.unref();
}

function isGone(pid) {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
