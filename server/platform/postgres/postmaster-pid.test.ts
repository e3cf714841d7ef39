import { expect, it } from "vitest";
import { parsePostmasterPid } from "./postmaster-pid.ts";

const READY = "4711\n/srv/data\n1790000000\n54321\n\n127.0.0.1\n  1234 5678\nready   \n";

it.each([
  ["a server that takes connections", READY, { pid: 4711, port: 54321, status: "ready" }],
  ["a server in recovery", READY.replace("ready   ", "starting"), { pid: 4711, port: 54321, status: "starting" }],
  ["a file of the first instant", "4711\n/srv/data\n", { pid: 4711, port: undefined, status: undefined }],
  ["a single-user run", "-4711\n/srv/data\n", { pid: 4711, port: undefined, status: undefined }],
  ["an empty file", "", undefined],
  ["rubbish", "hello\nworld", undefined],
  ["the init process, which is never ours", "1\n/srv/data\n", undefined],
])("reads %s", (_, text, expected) => {
  expect(parsePostmasterPid(text)).toEqual(expected);
});
