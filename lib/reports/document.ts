/** A report as it is sent and shared: what it says, without anything to click. Built from the same answers as its page. */
export type ReportDocument = {
  title: string;
  /** What it is about and when. */
  subtitle: string;
  /** What a person says about it. */
  comment?: { words: string; by: string; at: string };
  /** What it found, one sentence each. */
  findings?: string[];
  numbers: { label: string; value: string; note: string }[];
  figures: ReportFigure[];
  notes: string[];
};

export type ReportFigure = {
  /** States the finding. */
  title: string;
  caption: string;
  chart: ReportChart | null;
  head: string[];
  rows: string[][];
};

/** What a chart draws. Null in a line: nothing was measured there. Values are drawn in proportion from zero. */
export type ReportChart =
  | {
      kind: "line";
      points: { label: string; value: number | null; text: string; incomplete: boolean }[];
      centre: number | null;
      low: number | null;
      high: number | null;
    }
  | {
      kind: "bars";
      bars: { label: string; value: number; text: string; mark: number | null }[];
      most: number;
    };
