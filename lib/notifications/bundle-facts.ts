import { headline, rankWord } from "#lib/notifications/page-facts";
import type { PageFacts, PageIncident } from "#lib/notifications/page-facts";
import type { Notice } from "#lib/notifications/vocabulary";

const NAMED = 5;

/**
 * One message for several sends of one person: the first names it, and its one-tap link answers for all. Of several incidents it says
 * which; of news that was held back, what each was about. `all` has at least one entry.
 */
export function bundleFacts(all: readonly [PageFacts, ...PageFacts[]]): PageFacts {
  const [first] = all;
  if (all.length === 1) return first;
  const bundle = all.flatMap(({ incident }) => incident ?? []);
  const { oneTap, settings } = first.links;
  const log = new URL(`/settings/notifications?person=${first.person.id}`, settings).href;
  const common = { ...first, incident: null, nextConsequence: null, level: null };
  if (bundle.length < all.length) {
    const notice = heldBack(all);
    return { ...common, notice, bundle: [], links: { ...first.links, open: log } };
  }
  return { ...common, notice: incidentsNotice(bundle), bundle, links: { ...first.links, open: oneTap } };
}

function incidentsNotice(bundle: readonly PageIncident[]): Notice {
  const numbers = bundle.slice(0, NAMED).map(({ number }) => `#${number}`);
  const rest = bundle.length - numbers.length;
  const names = rest > 0 ? `${numbers.join(", ")} and ${rest} more` : numbers.join(", ");
  return {
    title: `${bundle.length} incidents wait for you: ${names}`,
    lines: bundle.map((incident) => `[${rankWord(incident)}] ${lineOf(incident)}`),
    path: "/incidents",
  };
}

function lineOf(incident: PageIncident): string {
  return incident.detailsWithheld ? headline({ ...incident, title: "details withheld" }) : headline(incident);
}

function heldBack(all: readonly PageFacts[]): Notice {
  const titles = all.flatMap(({ notice, incident }) => notice?.title ?? (incident ? lineOf(incident) : []));
  return {
    title: `${all.length} messages were held back, since many came at once`,
    lines: titles,
    path: "/me/notifications",
  };
}
