import type { Instant, Millis } from "#platform/clock";

/** Why a network refused, told by its codes and never by its words. */
export type ErrorClass =
  | "rate-limited"
  | "auth"
  | "permission"
  | "window-closed"
  | "policy"
  | "not-found"
  | "recipient-unreachable"
  | "invalid"
  | "too-long"
  | "duplicate"
  | "transient"
  | "unknown";

export interface ChannelErrorData {
  class: ErrorClass;
  retryable: boolean;
  retryAfterMs?: Millis;
  /** The network's own code. */
  code?: string;
  /** For the operator: clipped, without secrets. */
  message: string;
}

/** A call for input (not a send) that failed. */
export class NetworkFailure extends Error {
  readonly data: ChannelErrorData;
  constructor(data: ChannelErrorData) {
    super(data.message);
    this.name = "NetworkFailure";
    this.data = data;
  }
}

export const MAX_MESSAGE = 300;
export const clipped = (text: string): string =>
  text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE - 1).toWellFormed()}…` : text;

/** Retry-After as seconds or as an HTTP date; at most an hour is believed. */
export function retryAfterMs(header: string | undefined, now: Instant): Millis | undefined {
  if (header === undefined || header.trim() === "") return undefined;
  const seconds = /^\s*\d{1,9}(\.\d+)?\s*$/.test(header) ? Number(header) : Number.NaN;
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now;
  if (!Number.isFinite(wait)) return undefined;
  return Math.min(Math.max(Math.ceil(wait), 0), 3_600_000);
}

/** What a status alone says, where the network gives no better code. */
export function classOfStatus(status: number): { class: ErrorClass; retryable: boolean } {
  if (status === 401) return { class: "auth", retryable: false };
  if (status === 403) return { class: "permission", retryable: false };
  if (status === 404 || status === 410) return { class: "not-found", retryable: false };
  if (status === 429) return { class: "rate-limited", retryable: true };
  if (status >= 500) return { class: "transient", retryable: true };
  if (status >= 400) return { class: "invalid", retryable: false };
  return { class: "unknown", retryable: false };
}
