export const POST = "app.bsky.feed.post";

export interface PostName {
  did: string;
  rkey: string;
}

const URI = /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]{1,200})\/app\.bsky\.feed\.post\/([A-Za-z0-9._:~-]{1,512})$/;

/** The author and the record key inside of a post's at-uri; null when it is none. */
export function readPostUri(uri: string): PostName | null {
  const parts = URI.exec(uri);
  return parts ? { did: parts[1]!, rkey: parts[2]! } : null;
}

export const postUri = (did: string, rkey: string): string => `at://${did}/${POST}/${rkey}`;
export const permalinkOf = (did: string, rkey: string): string => `https://bsky.app/profile/${did}/post/${rkey}`;

/** Where an image of somebody's repository is, before anybody is asked: `at://<did>/blob/<cid>`. */
export const blobUri = (did: string, cid: string): string => `at://${did}/blob/${cid}`;
export const BLOB_URI = /^at:\/\/(did:[a-z]+:[A-Za-z0-9._:%-]{1,200})\/blob\/([A-Za-z0-9]{1,200})$/;
