/** A number and the list that has as many rows. */
export type Counted = { count: number; href: string };

/** What every report says of itself: when, of which time, how many, and what it left out. */
export type ReportFrame = {
  generatedAt: string;
  timeZone: string;
  from: string;
  to: string;
  total: Counted;
  open: Counted;
  /** Those of which people stated an instant instead of the log's. */
  corrected: Counted;
  /** Matching incidents that are left out, by reason. */
  excluded: { merged: Counted; auto: Counted };
};
