import type { Severity } from "#lib/alerts/vocabulary";

export const MAIL_FIELDS = ["subject", "body", "from"] as const;
export type MailField = (typeof MAIL_FIELDS)[number];

/** When a mail opens an incident of its own. `use_rules`: the parsers decide. */
export const MAIL_CREATION = [
  "on_new_email",
  "on_new_email_subject",
  "only_if_no_open_incidents",
  "use_rules",
] as const;
export const FILTER_MODES = ["all-email", "or-rules-email", "and-rules-email"] as const;
export const PARSING_FALLBACKS = ["open_new_incident", "discard"] as const;

export interface MailFilter {
  field: MailField;
  mode: "match" | "no-match";
  /** A regular expression, RE2. */
  pattern: string;
}

export type MailPredicate =
  | { kind: "all" | "any"; of: MailPredicate[] }
  | { kind: "not"; of: MailPredicate }
  | { kind: "contains" | "exactly" | "regex"; field: MailField; value: string };

export type MailExtractor =
  | { kind: "entire"; field: MailField }
  | { kind: "regex"; field: MailField; regex: string }
  | { kind: "between"; field: MailField; startsAfter: string; endsBefore: string };

export interface MailParser {
  action: "trigger" | "resolve";
  when: MailPredicate;
  /** What makes mails about one problem one: the dedup key. */
  key: MailExtractor;
  /** Further values, kept with the event under these names. */
  values: { name: string; extract: MailExtractor }[];
}

/** How the mail of an integration becomes events. */
export interface MailSettings {
  creation: (typeof MAIL_CREATION)[number];
  filterMode: (typeof FILTER_MODES)[number];
  filters: MailFilter[];
  parsers: MailParser[];
  fallback: (typeof PARSING_FALLBACKS)[number];
  /** Addresses or domains that may send; empty: anybody. */
  allowedSenders: string[];
  /** Whether SPF or DKIM has to prove the sender's domain. */
  requireProof: boolean;
  /** Whether senders are told the number of the incident. */
  autoAnswer: boolean;
  severity: Severity;
}

/** A mail as the rules see it. */
export interface Mail {
  messageId: string;
  /** The address of the From header, lower case. */
  from: string;
  subject: string;
  body: string;
}

/** The first match of an RE2 pattern: the whole, then its groups; null where there is none or the pattern is broken. */
export type Match = (pattern: string, text: string) => (string | null)[] | null;

export type MailDecision =
  | { kind: "discard"; because: string }
  | { kind: "event"; action: "trigger" | "resolve"; dedupKey: string; values: Record<string, string> };

/**
 * What a mail asks for: first the filters, then, with `use_rules`, the first parser whose condition holds and whose key can be read.
 * Regular expressions are RE2's, so none takes time beyond the length of the mail.
 */
export function judgeMail(settings: MailSettings, mail: Mail, match: Match): MailDecision {
  if (!passesFilters(settings, mail, match)) return { kind: "discard", because: "The filters leave it out" };
  const opens = (dedupKey: string): MailDecision => ({
    kind: "event",
    action: "trigger",
    dedupKey,
    values: {},
  });
  switch (settings.creation) {
    case "on_new_email":
      return opens(ownKey(mail));
    case "on_new_email_subject":
      return opens(`subject:${topicOf(mail.subject)}`);
    case "only_if_no_open_incidents":
      return opens("mail");
    case "use_rules":
      return byParsers(settings, mail, match) ?? fallBack(settings, mail);
  }
}

function byParsers({ parsers }: MailSettings, mail: Mail, match: Match): MailDecision | null {
  for (const { action, when, key, values } of parsers) {
    if (!holds(when, mail, match)) continue;
    const dedupKey = extract(key, mail, match);
    if (dedupKey === null) continue;
    const found = values.flatMap(({ name, extract: extractor }) => {
      const value = extract(extractor, mail, match);
      return value === null ? [] : [[name, value] as const];
    });
    return { kind: "event", action, dedupKey: `mail:${dedupKey}`, values: Object.fromEntries(found) };
  }
  return null;
}

function fallBack({ fallback }: MailSettings, mail: Mail): MailDecision {
  return fallback === "discard"
    ? { kind: "discard", because: "No rule reads it" }
    : { kind: "event", action: "trigger", dedupKey: ownKey(mail), values: {} };
}

function passesFilters({ filterMode, filters }: MailSettings, mail: Mail, match: Match): boolean {
  if (filterMode === "all-email" || filters.length === 0) return true;
  const passes = ({ field, mode, pattern }: MailFilter) =>
    (match(pattern, mail[field]) !== null) === (mode === "match");
  return filterMode === "and-rules-email" ? filters.every(passes) : filters.some(passes);
}

function holds(predicate: MailPredicate, mail: Mail, match: Match): boolean {
  switch (predicate.kind) {
    case "all":
      return predicate.of.every((inner) => holds(inner, mail, match));
    case "any":
      return predicate.of.some((inner) => holds(inner, mail, match));
    case "not":
      return !holds(predicate.of, mail, match);
    case "contains":
      return mail[predicate.field].includes(predicate.value);
    case "exactly":
      return mail[predicate.field] === predicate.value;
    case "regex":
      return match(predicate.value, mail[predicate.field]) !== null;
  }
}

/** The text between two marks, the first group of a pattern or what it matches, or the whole field; null where it is blank. */
function extract(extractor: MailExtractor, mail: Mail, match: Match): string | null {
  const found = findText(extractor, mail[extractor.field], match)?.trim() ?? "";
  return found === "" ? null : found;
}

function findText(extractor: MailExtractor, text: string, match: Match): string | null {
  if (extractor.kind === "entire") return text;
  if (extractor.kind === "regex") {
    const found = match(extractor.regex, text);
    return found?.[1] ?? found?.[0] ?? null;
  }
  const start = text.indexOf(extractor.startsAfter);
  if (start < 0) return null;
  const from = start + extractor.startsAfter.length;
  const end = extractor.endsBefore === "" ? text.length : text.indexOf(extractor.endsBefore, from);
  return end < 0 ? null : text.slice(from, end);
}

function ownKey(mail: Mail): string {
  return `mail:${mail.messageId}`;
}

/** A subject without what mail programs put in front of it, in lower case. */
function topicOf(subject: string): string {
  return subject
    .replace(/^(?:\s*(?:re|fwd?|aw|wg)\s*:)+/i, "")
    .trim()
    .toLowerCase();
}

/** Whether an address may send: it is named itself, or its domain or one above it is. An empty list lets everybody. */
export function isAllowedSender(allowed: readonly string[], from: string): boolean {
  if (allowed.length === 0) return true;
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return allowed.some((entry) => {
    const named = entry.toLowerCase().replace(/^@/, "");
    return named.includes("@") ? named === from : isWithin(domain, named);
  });
}

/** Whether a domain is another one or lies below it. */
export function isWithin(domain: string, above: string): boolean {
  return domain === above || domain.endsWith(`.${above}`);
}

/** Every pattern of settings, with the field that it stands in. */
export function patternsOfSettings(settings: MailSettings): (readonly [field: string, pattern: string])[] {
  return [
    ...settings.filters.map(({ pattern }, index) => [`settings.filters.${index}.pattern`, pattern] as const),
    ...settings.parsers.flatMap(({ when, key, values }, index) =>
      [...patternsOf(when), ...[key, ...values.map((value) => value.extract)].flatMap(patternOf)].map(
        (pattern) => [`settings.parsers.${index}`, pattern] as const,
      ),
    ),
  ];
}

function patternsOf(predicate: MailPredicate): string[] {
  if (predicate.kind === "all" || predicate.kind === "any") return predicate.of.flatMap(patternsOf);
  if (predicate.kind === "not") return patternsOf(predicate.of);
  return predicate.kind === "regex" ? [predicate.value] : [];
}

function patternOf(extractor: MailExtractor): string[] {
  return extractor.kind === "regex" ? [extractor.regex] : [];
}
