import type { Spot } from "./ast.ts";

/** What is wrong, where, and what to write instead. Codes are stable; screens put them in the reader's language. */
export interface QueryFault extends Spot {
  readonly code: FaultCode;
  /** English, for the command line and the API. */
  readonly says: string;
  /** What could stand there. */
  readonly write?: string;
}
export type FaultCode =
  | "nothing-to-look-for"
  | "too-long"
  | "too-many-terms"
  | "too-deep"
  | "quote-open"
  | "brace-open"
  | "parenthesis-open"
  | "parenthesis-closed"
  | "parentheses-empty"
  | "operand-missing-after"
  | "operand-missing-before"
  | "distance-wanted"
  | "distance-too-small"
  | "distance-too-great"
  | "near-wants-words"
  | "star-alone"
  | "star-in-front"
  | "value-wanted"
  | "value-unknown"
  | "not-known-here"
  | "matches-everything";

export class BadQuery extends Error {
  readonly fault: QueryFault;
  constructor(fault: QueryFault) {
    super(fault.says);
    this.fault = fault;
  }
}

export function refuse(code: FaultCode, { at, length }: Spot, says: string, write?: string): never {
  throw new BadQuery({ code, at, length, says, ...(write !== undefined && { write }) });
}
