/** The kind of text that alerts of a service share: "disk <percent> full on <*>". */
export type Template = {
  id: string;
  tokens: readonly string[];
  /** Alerts it was mined from. */
  size: number;
  /** Position in the order of what was seen: the least recently seen goes first when there are too many. */
  seen: number;
};

/** What was mined of one service so far; at most `MOST_TEMPLATES`. */
export type TemplateState = { templates: readonly Template[]; seen: number };

export const NO_TEMPLATES: TemplateState = { templates: [], seen: 0 };

const WILDCARD = "<*>";
/** Share of words two texts of equal length must have in common (Drain's similarity threshold). */
const SIMILARITY = 0.6;
export const MOST_TEMPLATES = 300;

export type Mined = { state: TemplateState; template: Template; isNew: boolean };

/**
 * Assigns a masked text to its template, widening that where a word differs, or makes a new one. After Drain (He, Zhu, Zheng, Lyu:
 * "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017): texts of different length or with different first
 * words are of different kinds, so only few are compared; the state is bounded and the same texts in the same order give the same
 * templates. `newId` is asked only for a new one.
 */
export function mine(state: TemplateState, tokens: readonly string[], newId: () => string): Mined {
  const seen = state.seen + 1;
  const best = closest(state.templates, tokens);
  if (best) {
    const template = { ...best, tokens: widened(best.tokens, tokens), size: best.size + 1, seen };
    const templates = state.templates.map((each) => (each.id === best.id ? template : each));
    return { state: { templates, seen }, template, isNew: false };
  }
  const template = { id: newId(), tokens: [...tokens], size: 1, seen };
  return { state: { templates: withRoom(state.templates, template), seen }, template, isNew: true };
}

/** The template's text as people read it. */
export function templateText(tokens: readonly string[]): string {
  return tokens.length === 0 ? "(no text)" : tokens.join(" ");
}

function closest(templates: readonly Template[], tokens: readonly string[]): Template | null {
  let best: { template: Template; share: number } | null = null;
  for (const template of templates) {
    if (!isComparable(template.tokens, tokens)) continue;
    const share = agreement(template.tokens, tokens);
    if (share < SIMILARITY) continue;
    if (best === null || share > best.share || (share === best.share && template.id < best.template.id)) {
      best = { template, share };
    }
  }
  return best?.template ?? null;
}

/** The fixed-depth part of Drain: length first, then the leading word. Codes (HTTP 503, exit 137) never become wild. */
function isComparable(template: readonly string[], tokens: readonly string[]): boolean {
  if (template.length !== tokens.length) return false;
  if (
    tokens.some((token, index) => token !== template[index] && (isCode(token) || isCode(template[index])))
  ) {
    return false;
  }
  const [first] = template;
  return first === undefined || first === tokens[0] || first.startsWith("<") || isVariable(tokens[0]);
}

function isCode(token: string | undefined): boolean {
  return token !== undefined && /^\d+$/.test(token);
}

function isVariable(token: string | undefined): boolean {
  return token === undefined || token.includes("<");
}

/** Share of positions with the same word; what is wild agrees with nothing, so that templates don't swallow each other. */
function agreement(template: readonly string[], tokens: readonly string[]): number {
  if (tokens.length === 0) return 1;
  let same = 0;
  for (const [index, token] of tokens.entries()) if (template[index] === token) same += 1;
  return same / tokens.length;
}

function widened(template: readonly string[], tokens: readonly string[]): string[] {
  return template.map((word, index) => (word === tokens[index] ? word : WILDCARD));
}

function withRoom(templates: readonly Template[], fresh: Template): Template[] {
  if (templates.length < MOST_TEMPLATES) return [...templates, fresh];
  const oldest = templates.reduce((old, each) => (each.seen < old.seen ? each : old));
  return [...templates.filter(({ id }) => id !== oldest.id), fresh];
}
