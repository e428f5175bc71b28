import { EVERY_INCIDENT, incidentFilterParameters, parseIncidentFilter } from "#lib/incidents/filter";
import type { IncidentFilter } from "#lib/incidents/filter";
import type { UrlParameters } from "#lib/incidents/filter-parameters";
import { INTERRUPTION_CLASSES } from "#lib/notifications/interruption";
import type { InterruptionClass } from "#lib/notifications/interruption";
import { readWord } from "#lib/reports/report-filter";

/** Which interruptions are meant. */
export type InterruptionFilter = {
  /** Their incidents, but for from and to: these are about the interruption itself, as instants. */
  incidents: IncidentFilter;
  person: string | null;
  class: InterruptionClass | null;
  /** By the person's clock: 1 (Monday) to 7, 0 to 23. */
  weekday: number | null;
  hour: number | null;
};

export const EVERY_INTERRUPTION: InterruptionFilter = {
  incidents: EVERY_INCIDENT,
  person: null,
  class: null,
  weekday: null,
  hour: null,
};

const PATH = "/reports/on-call-health/interruptions";

/** Reads the list's URL; whatever means nothing is no condition. */
export function parseInterruptionFilter(parameters: UrlParameters): InterruptionFilter {
  const word = (key: string) => readWord(parameters, key);
  const person = word("person");
  return {
    incidents: parseIncidentFilter(parameters).filter,
    person: person !== null && /^[A-Z0-9]{1,32}$/.test(person) ? person : null,
    class: INTERRUPTION_CLASSES.find((name) => name === word("class")) ?? null,
    weekday: wholeWithin(word("weekday"), 1, 7),
    hour: wholeWithin(word("hour"), 0, 23),
  };
}

/** The list of these interruptions. */
export function interruptionsHref(filter: InterruptionFilter): string {
  const parameters = incidentFilterParameters(filter.incidents);
  const { person, class: kind, weekday, hour } = filter;
  for (const [key, value] of Object.entries({ person, class: kind, weekday, hour })) {
    if (value !== null) parameters.set(key, String(value));
  }
  const text = parameters.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? PATH : `${PATH}?${text}`;
}

function wholeWithin(text: string | null, least: number, most: number): number | null {
  if (text === null || !/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
}
