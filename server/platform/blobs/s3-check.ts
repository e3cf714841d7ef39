import { exitCodes, StartError } from "../errors.ts";
import { probeKey, S3Failure, type S3Options, type S3Place, s3Client } from "./s3-client.ts";

const OWNER = "hubbub-owner";

/**
 * Tries a bucket before anything is trusted to it: put, get, list and delete. `owner` says whose files lie there (64 hex digits): two
 * installations in one place would each sweep the other's files away. Throws a `StartError` that says what to do.
 */
export async function checkBucket(place: S3Place, owner: string, options: S3Options): Promise<void> {
  const client = s3Client(place, options);
  const key = probeKey();
  try {
    if ((await client.call({ method: "PUT", key, body: Buffer.from(key) })) === null)
      throw refusal(place, "is not there. Make it, or correct the name.");
    const back = await client.text({ method: "GET", key });
    if (back !== key) throw refusal(place, "gives back other bytes than were put into it. Use another store.");
    await client.text({ method: "GET", key: "", query: { prefix: place.prefix, "max-keys": "1" } });
    await client.call({ method: "DELETE", key });
    if ((await client.text({ method: "GET", key })) !== null)
      throw refusal(place, "still gives what was deleted. Use another store: what is erased has to be gone.");
    const there = await client.text({ method: "GET", key: OWNER });
    if (there === null) await client.call({ method: "PUT", key: OWNER, body: Buffer.from(owner) });
    else if (there !== owner)
      throw refusal(
        place,
        "holds the files of another installation of Hubbub (another master key). Give each its own bucket, or a folder of it at the end of HUBBUB_BLOBS_S3.",
      );
  } catch (error) {
    if (error instanceof S3Failure) throw refusal(place, words(place, error));
    throw error;
  } finally {
    client.close();
  }
}

function refusal(place: S3Place, says: string): StartError {
  return new StartError(
    `The bucket "${place.bucket}" at ${place.endpoint} (HUBBUB_BLOBS_S3) ${says}`,
    exitCodes["blob-store"],
  );
}

function words(place: S3Place, { status, why, region, message }: S3Failure): string {
  if (status === null) return `cannot be reached: ${why}. Is the address right, and does the server run?`;
  if (why === "NoSuchBucket") return "is not there. Make it, or correct the name.";
  if (why === "InvalidAccessKeyId" || why === "SignatureDoesNotMatch" || why === "InvalidToken")
    return `refuses the key (${why}). Correct HUBBUB_BLOBS_S3_KEY and HUBBUB_BLOBS_S3_SECRET.`;
  if (why === "RequestTimeTooSkewed") return "says that this machine's clock is wrong. Set the clock.";
  if (region !== null && region !== place.region)
    return `lies in the region ${region}. Set HUBBUB_BLOBS_S3_REGION=${region}.`;
  if (status === 403 || status === 401)
    return `does not let the key put, get, list and delete (${why}). Give these four rights to it.`;
  if (status >= 300 && status < 400)
    return `is to be found elsewhere (${status}). Correct the address or HUBBUB_BLOBS_S3_REGION.`;
  if (status >= 500) return `is out of order: ${message} Try again later.`;
  return `does not work: ${message}`;
}
