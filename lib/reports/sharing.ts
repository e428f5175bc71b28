/** Reports that can be sent and shared, with their page. */
export const DOCUMENT_REPORTS = ["response", "service-levels"] as const;
export type DocumentReport = (typeof DOCUMENT_REPORTS)[number];

export const REPORT_PATHS: Record<DocumentReport, string> = {
  response: "/reports/response",
  "service-levels": "/reports/sla",
};

export const REPORT_NAMES: Record<DocumentReport, string> = {
  response: "Response",
  "service-levels": "Service levels",
};

/** The report of a page; null: that page can only be saved as a view. */
export function reportOf(path: string): DocumentReport | null {
  return DOCUMENT_REPORTS.find((report) => REPORT_PATHS[report] === path) ?? null;
}

export const SEND_STATES = ["queued", "sent", "failed"] as const;

/** Pages whose filters can be kept: the incident list and the reports. */
export const VIEW_PATH = /^\/(incidents|reports\/[a-z-]{1,40})$/;
