import { z } from "zod";
import { exitCodes, StartError } from "#platform/errors";

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/);
const count = z.int().nonnegative();

const manifestSchema = z.object({
  format: z.literal("hubbub-backup"),
  version: z.literal(1),
  /** Of the program that made it. */
  program: z.string().max(40),
  /** RFC 3339: the moment that the whole backup shows. */
  madeAt: z.iso.datetime(),
  /** PostgreSQL's version. */
  server: z.string().max(200),
  /** The one account of an export, or null: all of them. */
  account: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** Under which key the accounts' keys are sealed: the installation's master key, or the key file of an export. */
  sealedUnder: z.enum(["master-key", "key-file"]),
  migrations: z.array(z.object({ name: z.string().max(200), checksum: hex })).max(10_000),
  /** Rows, length and SHA-256 of each table as COPY text in the order of its primary key, before it is packed. */
  tables: z.array(z.object({ name, columns: z.array(name).min(1).max(1_000), rows: count, bytes: count, hash: hex })),
  sequences: z.array(z.object({ name, last: z.string().regex(/^\d{1,19}$/) })),
  months: z.record(name, z.array(z.string().regex(/^\d{4}(0[1-9]|1[0-2])$/))),
  files: z.object({
    /** Where attachments lay: with the backup, or in the bucket only, which is not copied. */
    where: z.enum(["here", "bucket"]),
    count,
    bytes: count,
    /** Erased while the backup was made: their rows are in it, they are not. */
    gone: z.array(z.object({ account: z.uuid(), hash: hex })),
    /** Referred to, and not found where files lie. */
    missing: count,
  }),
  /** Inputs that had arrived and were not parsed yet; they are not in the backup. */
  unread: z.array(z.object({ account: z.uuid(), channel: z.uuid(), inputs: count })),
  /** Lines of SHA256SUMS. */
  sums: count,
});

export type Manifest = z.infer<typeof manifestSchema>;
export type TableEntry = Manifest["tables"][number];

/** Refuses what no program of ours wrote, and what a newer one did. */
export function readManifest(text: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw unusable("Its manifest.json is no JSON: it was changed or cut off.");
  }
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown };
  if (format !== "hubbub-backup") throw unusable("Its manifest.json is not that of a backup of Hubbub.");
  if (typeof version === "number" && version > 1)
    throw unusable("It was made by a newer version of Hubbub. Restore it with that version or a later one.");
  const read = manifestSchema.safeParse(json);
  if (read.success) return read.data;
  const at = read.error.issues[0]?.path.join(".") ?? "";
  throw unusable(`Its manifest.json is damaged (${at || "shape"}).`);
}

export const unusable = (why: string): StartError =>
  new StartError(`The backup cannot be used. ${why}`, exitCodes["backup-unusable"]);
