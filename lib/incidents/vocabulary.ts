/** Closed word lists of the incident domain; the database's checks, the API's schemas and the labels derive from them. */
export const INCIDENT_STATUSES = ["triggered", "acknowledged", "resolved"] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

export const URGENCIES = ["high", "low"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Who noticed first. `unknown` is shown apart in reports, never counted as proactive. */
export const DETECTION_SOURCES = [
  "monitoring",
  "internal_person",
  "customer_report",
  "partner",
  "social",
  "unknown",
] as const;
export type DetectionSource = (typeof DETECTION_SOURCES)[number];

/** What brought it about, as far as people found out. */
export const CAUSE_CLASSES = [
  "change",
  "capacity",
  "defect",
  "configuration",
  "dependency",
  "infrastructure",
  "human",
  "security",
  "unknown",
] as const;
export type CauseClass = (typeof CAUSE_CLASSES)[number];

export const ASSIGNED_VIA = ["escalation_policy", "direct_assignment"] as const;
export type AssignedVia = (typeof ASSIGNED_VIA)[number];

export const PENDING_ACTION_TYPES = ["escalate", "unacknowledge", "resolve", "urgency_change"] as const;
export type PendingActionType = (typeof PENDING_ACTION_TYPES)[number];

/** How an incident came to be. Imported ones are history: they never page anybody. */
export const INCIDENT_ORIGINS = ["event", "person", "api", "import", "demo"] as const;
export type IncidentOrigin = (typeof INCIDENT_ORIGINS)[number];

export const LOG_ENTRY_TYPES = [
  "trigger",
  "acknowledge",
  "unacknowledge",
  "resolve",
  "reopen",
  "assign",
  "escalate",
  "delegate",
  "exhaust_escalation_path",
  "repeat_escalation_path",
  "skip_level",
  "wait_level",
  "tell",
  "handoff",
  "nobody_answered",
  "policy_applied",
  "fallback",
  "coverage_gap",
  "notify",
  "snooze",
  "annotate",
  "urgency_change",
  "priority_change",
  "field_value_change",
  "merge",
  "alert_added",
  "alert_moved",
  "alert_resolved",
  "status_update",
  "responder_request",
  "responder_reply",
  "responder_cancel",
  "page_verdict",
] as const;
export type LogEntryType = (typeof LOG_ENTRY_TYPES)[number];

/** The timeline's filter classes (key: state and decisions; notification: sends and their states). */
export const LOG_ENTRY_CLASSES = ["key", "people", "system", "notification"] as const;
export type LogEntryClass = (typeof LOG_ENTRY_CLASSES)[number];

export const ACTOR_TYPES = ["user", "integration", "api_key", "system"] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];
