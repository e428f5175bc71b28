import type { InterruptionClass } from "#lib/notifications/interruption";
import type { Channel } from "#lib/notifications/vocabulary";

/** An interruption as a list shows it. */
export type InterruptionDto = {
  id: string;
  at: string;
  /** The person's zone of that moment. */
  timeZone: string;
  class: InterruptionClass;
  channel: Channel;
  /** Null for whom the viewer may not see by name. */
  person: string | null;
  number: number;
  title: string;
};
