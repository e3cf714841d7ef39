/** `tls` from the first byte; `starttls` after a greeting in the clear, and nothing without it; `plain` only where an operator has said so. */
export type Security = "tls" | "starttls" | "plain";

export interface MailServer {
  host: string;
  port: number;
  security: Security;
}
