/** Reports that can be sent and shared, with their page. */
export const DOCUMENT_REPORTS = [
  "response",
  "service-levels",
  "executive",
  "trends",
  "detection",
  "on-call-health",
  "noise",
  "reviews",
] as const;
export type DocumentReport = (typeof DOCUMENT_REPORTS)[number];

export const REPORT_PATHS: Record<DocumentReport, string> = {
  response: "/reports/response",
  "service-levels": "/reports/sla",
  executive: "/reports/executive",
  trends: "/reports/trends",
  detection: "/reports/detection",
  "on-call-health": "/reports/on-call-health",
  noise: "/reports/noise",
  reviews: "/reports/reviews",
};

export const REPORT_NAMES: Record<DocumentReport, string> = {
  response: "Response",
  "service-levels": "Service levels",
  executive: "Executive summary",
  trends: "Trends",
  detection: "Detection",
  "on-call-health": "On-call health",
  noise: "Noise",
  reviews: "Review",
};

/** The calendar period of which a summary or review is without a word in its address: the last complete one. */
export const USUAL_UNITS = { executive: "quarter", reviews: "week" } as const;

/** The report of a page; null: that page can only be saved as a view. */
export function reportOf(path: string): DocumentReport | null {
  return DOCUMENT_REPORTS.find((report) => REPORT_PATHS[report] === path) ?? null;
}

export const SEND_STATES = ["queued", "sent", "failed"] as const;

/** Pages whose filters can be kept: the lists of incidents and alerts, and the reports. */
export const VIEW_PATH = /^\/(incidents|alerts|alerts\/noise|reports\/[a-z-]{1,40})$/;
