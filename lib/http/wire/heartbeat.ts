import type { HeartbeatDto } from "#lib/heartbeats/queries/heartbeats";
import { wireInstant } from "#lib/http/wire/instant";
import { nestedReference, wireReference } from "#lib/http/wire/reference";
import type { WireContext } from "#lib/http/wire/wire-context";

/** A heartbeat as the public API shows it; PagerDuty has none, so the shape is ours, in its manner. */
export function wireHeartbeat(wire: WireContext, heartbeat: HeartbeatDto) {
  const instant = (at: string | null) => (at === null ? null : wireInstant(at, wire.timeZone));
  return {
    ...nestedReference(wire, "heartbeat", `heartbeats/${heartbeat.id}`, heartbeat),
    name: heartbeat.name,
    service: wireReference(wire, "service", { id: heartbeat.serviceId, name: heartbeat.serviceName }),
    every_seconds: heartbeat.everySeconds,
    grace_seconds: heartbeat.graceSeconds,
    severity: heartbeat.severity,
    status: heartbeat.isLate ? "late" : heartbeat.lastBeatAt === null ? "waiting" : "on_time",
    last_signal_at: instant(heartbeat.lastBeatAt),
    late_at: instant(heartbeat.lateAt),
    integration_key: heartbeat.key,
  };
}
