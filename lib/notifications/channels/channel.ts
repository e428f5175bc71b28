import type { Capability } from "#lib/notifications/capability";
import type { SendResult } from "#lib/notifications/delivery";
import type { PageFacts } from "#lib/notifications/page-facts";
import type { Channel } from "#lib/notifications/vocabulary";

export type Destination = {
  /** E-mail address, push endpoint or URL. */
  address: string;
  /** What the channel needs beside it, decrypted: push keys, signing secret. */
  secret: string | null;
  /** Set: this provider alone may carry it, since it is being tested. */
  onlyProviderId?: string | null;
};

export type SendOptions = {
  /** The same in every attempt of a delivery; passed on to whoever can tell repetitions by it. */
  idempotencyKey: string;
  /** Aborted when the attempt has taken too long. */
  signal: AbortSignal;
};

/**
 * One way out. To add one: write a sender, put it in the registry, and say in capability.ts who carries it.
 * `send` answers every expected outcome; it throws only for a defect, which counts as a failure that may be tried again.
 */
export type ChannelSender = {
  channel: Channel;
  capabilities: Capability;
  send(page: PageFacts, destination: Destination, options: SendOptions): Promise<SendResult>;
};
