/** One progress line. A reader that went away (a closed pipe) must not stop the work, hence the handlers. */
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

export function say(text) {
  process.stdout.write(`hubbub  ${text}\n`);
}

export function complain(text) {
  process.stderr.write(`hubbub  ${text}\n`);
}

/** "0.4 s", "12 s", "2 min 5 s" from milliseconds. */
export function duration(milliseconds) {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
