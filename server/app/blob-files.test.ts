import { describe, expect, it } from "vitest";
import { exitCodes } from "#platform/errors";
import { bucketOf } from "./blob-files.ts";

const KEYS = { HUBBUB_BLOBS_S3_KEY: "k", HUBBUB_BLOBS_S3_SECRET: "s3cr3t" };

describe("HUBBUB_BLOBS_S3", () => {
  it("is not needed", () => {
    expect(bucketOf(KEYS)).toBeNull();
  });

  it.each([
    ["https://s3.eu-central-1.amazonaws.com/acme-desk", "", "eu-central-1", "https://s3.eu-central-1.amazonaws.com"],
    ["http://10.0.0.7:9000/acme-desk/hubbub", "hubbub/", "us-east-1", "http://10.0.0.7:9000"],
    ["https://minio.acme.example/acme-desk/a/b/", "a/b/", "us-east-1", "https://minio.acme.example"],
  ])("%s", (address, prefix, region, endpoint) => {
    expect(bucketOf({ ...KEYS, HUBBUB_BLOBS_S3: address })).toEqual({
      ...{ endpoint, bucket: "acme-desk", prefix, region },
      ...{ key: "k", secret: "s3cr3t" },
    });
  });

  it("takes the region that is said", () => {
    const env = { ...KEYS, HUBBUB_BLOBS_S3: "https://h.example/abc", HUBBUB_BLOBS_S3_REGION: "eu-west-3" };
    expect(bucketOf(env)?.region).toBe("eu-west-3");
  });

  it.each([
    ["s3://acme-desk", {}],
    ["acme-desk", {}],
    ["https://host.example", {}],
    ["https://host.example/", {}],
    ["https://u:s3cr3t@host.example/acme-desk", {}],
    ["https://host.example/acme-desk?x=1", {}],
    ["https://host.example/a%20b", {}],
    ["https://host.example/acme-desk/%2e%2e%2fx", {}],
    ["https://host.example/acme-desk", { HUBBUB_BLOBS_S3_SECRET: "" }],
    ["https://host.example/acme-desk", { HUBBUB_BLOBS_S3_REGION: "a b" }],
  ])("%s %j is refused in a sentence that names the variable and no secret", (address, more) => {
    const read = () => bucketOf({ ...KEYS, HUBBUB_BLOBS_S3: address, ...more });
    expect(read).toThrow(/HUBBUB_BLOBS_S3/);
    expect(read).not.toThrow(/s3cr3t/);
    expect(read).toThrow(expect.objectContaining({ exitCode: exitCodes["blob-store"] }));
  });
});
