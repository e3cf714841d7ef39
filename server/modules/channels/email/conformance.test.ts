import { describeAdapter } from "../conformance/describe-adapter.ts";
import { emailKit } from "../conformance/email-kit.ts";

describeAdapter("E-mail", emailKit);
