import type { GroupingSetting } from "#lib/noise/grouping-setting";
import { DEFAULT_THRESHOLD } from "#lib/noise/similarity";

/** What a service begins with that gathers nothing yet. */
export const USUAL_GROUPING: GroupingSetting & { raisesUrgency: boolean } = {
  mode: "off",
  windowSeconds: 900,
  fields: [],
  aggregate: "all",
  threshold: DEFAULT_THRESHOLD,
  raisesUrgency: true,
};
