import { checkMessages } from "#lib/testing/source-messages-checks";
import { cloudMessages } from "#lib/testing/source-messages-clouds";
import { platformMessages } from "#lib/testing/source-messages-platforms";

/** A problem in the shape that a product documents: when it begins, and when it is over, for products that say so. */
export interface SourceMessages {
  source: string;
  fire: Record<string, unknown>;
  resolve: Record<string, unknown> | null;
}

export const SOURCE_MESSAGES: readonly SourceMessages[] = [
  ...cloudMessages,
  ...platformMessages,
  ...checkMessages,
];
