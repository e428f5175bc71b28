import type { LogEntryType } from "#lib/incidents/vocabulary";

type Entry = {
  type: LogEntryType;
  actor: { name: string };
  channel: string;
  user: { name: string } | null;
  data: Record<string, unknown>;
};

/** What happened, as one sentence of the timeline; the note, where there is one, stands below it. */
export function logSentence(entry: Entry): string {
  return SENTENCES[entry.type](entry);
}

const SENTENCES: Record<LogEntryType, (entry: Entry) => string> = {
  trigger: ({ actor, data }) => withReason(`Triggered by ${actor.name}`, data),
  acknowledge: ({ actor, channel, data }) =>
    data["again"] === true
      ? `${actor.name} acknowledged again${by(channel)}`
      : `${actor.name} acknowledged${by(channel)}: escalation stopped`,
  unacknowledge: ({ data }) =>
    `${text(data, "because") || "Un-acknowledged"}: paged ${people(data) || "again"}`,
  resolve: ({ actor, data }) =>
    text(data, "via") === "timeout"
      ? "Resolved by itself: it was open too long"
      : `${actor.name} resolved it`,
  reopen: ({ actor }) => `${actor.name} reopened it`,
  assign: ({ user, data }) => {
    if (user) return `Assigned to ${user.name} by hand`;
    const level = data["level"] === undefined ? "" : ` (level ${number(data, "level")})`;
    const because = text(data, "because");
    return `${because && `${because}: `}${because ? "assigned" : "Assigned"} to ${people(data) || "nobody"}${level}`;
  },
  escalate: ({ actor, data }) => {
    const to = `${people(data)} (level ${number(data, "level")})`;
    if (text(data, "kind") === "manual") return `${actor.name} escalated to ${to}`;
    return text(data, "kind") === "turn"
      ? `Nobody acknowledged in time: the turn of ${to}`
      : `Nobody acknowledged in time: escalated to ${to}`;
  },
  delegate: ({ actor, data }) =>
    `${actor.name} handed it to the policy ${text(data, "policy")}: ${people(data)}`,
  exhaust_escalation_path: () => "Every level was told and nobody acknowledged; whoever has it keeps it",
  repeat_escalation_path: ({ data }) => `Started over at level 1 (pass ${number(data, "loop") + 1})`,
  skip_level: ({ data }) => `Level ${number(data, "level")} skipped: ${text(data, "because")}`,
  wait_level: ({ data }) => text(data, "because"),
  tell: ({ data }) => `Told ${people(data)} (level ${number(data, "level")}), who need not take it over`,
  handoff: ({ data }) => `Shift change: ${people(data)} came on call and was paged`,
  nobody_answered: ({ data }) => `Nobody answered: ${whatWasDone(data)}`,
  policy_applied: ({ actor, data }) => `${actor.name} applied the edited policy: ${text(data, "because")}`,
  fallback: ({ data }) => `${text(data, "because")} Paged ${people(data)}`,
  coverage_gap: ({ data }) => `Coverage gap: ${text(data, "because")}`,
  notify: ({ user, data }) => `${user?.name ?? "Somebody"}: ${text(data, "channel")} ${text(data, "state")}`,
  snooze: ({ actor }) => `${actor.name} snoozed it`,
  annotate: ({ actor }) => actor.name,
  urgency_change: ({ actor, data }) =>
    `${actor.name} changed the urgency from ${text(data, "from")} to ${text(data, "to")}`,
  priority_change: ({ actor, data }) =>
    `${actor.name} changed the priority from ${text(data, "from") || "none"} to ${text(data, "to") || "none"}`,
  field_value_change: ({ actor, data }) =>
    `${actor.name} changed ${fieldName(text(data, "field"))} from ${text(data, "from") || "nothing"} to ${text(data, "to") || "nothing"}`,
  merge: ({ actor, data }) =>
    data["intoNumber"] === undefined
      ? `${actor.name} merged #${number(data, "fromNumber")} into this`
      : `${actor.name} merged this into #${number(data, "intoNumber")}`,
  alert_added: ({ data }) => withReason(alertsJoined(data), data),
  alert_moved: ({ actor, data }) => `${actor.name} moved ${alertCount(data)} to #${number(data, "toNumber")}`,
  alert_resolved: () => "An alert ended",
  status_update: ({ actor, data }) =>
    `${actor.name} posted an update${text(data, "status") ? ` (${text(data, "status")})` : ""}`,
  responder_request: ({ actor, data }) =>
    `${actor.name} asked ${people(data) || "nobody"} to join${level(data)}`,
  responder_reply: ({ actor, data }) => `${actor.name} ${text(data, "state") || "answered"}`,
  responder_cancel: ({ actor }) => `${actor.name} took a request to join back`,
  page_verdict: ({ actor, data }) =>
    typeof data["useful"] === "boolean"
      ? `${actor.name} said that the page was ${data["useful"] ? "" : "not "}useful`
      : `${actor.name} took back what they had said about the page`,
};

function alertCount(data: Record<string, unknown>): string {
  const count = number(data, "count");
  return count > 1 ? `${count} alerts` : "an alert";
}

function alertsJoined(data: Record<string, unknown>): string {
  const count = number(data, "count");
  const summary = text(data, "summary");
  if (count > 1) return `${count} alerts joined`;
  return summary === "" ? "An alert joined" : `“${summary}” joined`;
}

function withReason(sentence: string, data: Record<string, unknown>): string {
  const because = text(data, "because");
  return because === "" ? sentence : `${sentence}. ${because}`;
}

function by(channel: string): string {
  const ways: Record<string, string> = {
    email: " from an e-mail",
    push: " from a notification",
    slack: " from Slack",
    mattermost: " from Mattermost",
    telegram: " from Telegram",
    pushover: " from Pushover",
    ntfy: " from ntfy",
    sms: " by text",
    phone: " by phone",
    api: " through the API",
  };
  return ways[channel] ?? "";
}

function text(data: Record<string, unknown>, key: string): string {
  const value = data[key];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function number(data: Record<string, unknown>, key: string): number {
  const value = data[key];
  return typeof value === "number" ? value : 0;
}

function people(data: Record<string, unknown>, key = "assignees"): string {
  const list: unknown = data[key];
  if (!Array.isArray(list)) return "";
  return list
    .flatMap((entry: unknown) =>
      typeof entry === "object" && entry !== null && "name" in entry && typeof entry.name === "string"
        ? [entry.name]
        : [],
    )
    .join(", ");
}

function whatWasDone(data: Record<string, unknown>): string {
  const told = people(data, "told");
  const priority = text(data, "priority");
  const policy = text(data, "policy");
  const done = [
    told === "" ? "" : `told ${told}`,
    data["nobodyToTell"] === true ? "there was nobody to tell" : "",
    priority === "" ? "" : `priority ${priority}`,
    data["raised"] === true ? "urgency raised to high" : "",
    policy === "" ? "" : data["policyGone"] === true ? `${policy} is gone` : `handed over to ${policy}`,
  ];
  return done.filter((part) => part !== "").join(", ");
}

function fieldName(field: string): string {
  const names: Record<string, string> = {
    startedAt: "when it started",
    detectedAt: "when it was detected",
    mitigatedAt: "when it was mitigated",
    customerImpact: "customer impact",
  };
  return names[field] ?? `the ${field}`;
}

/** ` (level 2 of Payments)` where a policy is asked. */
function level(data: Record<string, unknown>): string {
  const policy = text(data, "policy");
  return policy === "" ? "" : ` (level ${number(data, "level")} of ${policy})`;
}
