import { CHANNELS, DELIVERY_STATES } from "#lib/notifications/vocabulary";
import type { Channel, DeliveryState } from "#lib/notifications/vocabulary";

/** What the address of the notification log says; null: whatever. */
export type LogView = {
  person: string | null;
  incident: string | null;
  channel: Channel | null;
  state: DeliveryState | null;
};

const ID = /^[A-Z][A-Z0-9]{1,31}$/;

/** Reads the address; what means nothing is left out. */
export function parseLogView(parameters: URLSearchParams): LogView {
  const id = (key: string) => {
    const value = parameters.get(key);
    return value !== null && ID.test(value) ? value : null;
  };
  return {
    person: id("person"),
    incident: id("incident"),
    channel: CHANNELS.find((channel) => channel === parameters.get("channel")) ?? null,
    state: DELIVERY_STATES.find((state) => state === parameters.get("state")) ?? null,
  };
}

/** The log's address with this view. */
export function logHref(view: LogView): string {
  const parameters = new URLSearchParams();
  for (const key of ["person", "incident", "channel", "state"] as const) {
    const value = view[key];
    if (value !== null) parameters.set(key, value);
  }
  const text = parameters.toString();
  return text === "" ? "/settings/notifications" : `/settings/notifications?${text}`;
}

/** The same for the query of the log. */
export function logQuery({ person, incident, channel, state }: LogView) {
  return {
    ...(person === null ? {} : { userId: person }),
    ...(incident === null ? {} : { incidentId: incident }),
    ...(channel === null ? {} : { channel }),
    ...(state === null ? {} : { state }),
  };
}
