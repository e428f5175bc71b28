export const SEVERITIES = ["critical", "error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ALERT_STATUSES = ["triggered", "resolved"] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];
