import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What decides about rights in the end. */
const ASKS = /\b(requirePermission|hasPermission|isSelf|mayHoldKey|requireSelfOrManager)\(/;

/** A top-level declaration: its text, and whether it is a command or query that is called in somebody's name. */
type Declared = { text: string; entry: boolean };
type Source = { declared: Map<string, Declared>; imported: Map<string, string> };

const DECLARATION = /^(export )?(?:async )?(?:function\*?|const) (\w+)/gm;
const IMPORT = /^import \{([^}]*)\} from "#lib\/([^"]+)";/gms;

function read(file: string): Source {
  const text = readFileSync(`${root}/lib/${file}.ts`, "utf8");
  const starts = [...text.matchAll(DECLARATION)];
  const declared = new Map<string, Declared>();
  for (const [index, match] of starts.entries()) {
    const body = text.slice(match.index, starts[index + 1]?.index);
    const entry = match[1] !== undefined && /^[^{]*?\(\s*(ctx|\{[^}]*\}): Context\b/.test(body);
    declared.set(match[2] ?? "", { text: body, entry });
  }
  const imported = new Map<string, string>();
  for (const [, names = "", from = ""] of text.matchAll(IMPORT)) {
    for (const name of names.split(",")) imported.set(name.trim().split(" as ").at(-1) ?? "", from);
  }
  return { declared, imported };
}

const sources = new Map<string, Source>();
for (const file of readdirSync(`${root}/lib`, { recursive: true, encoding: "utf8" })) {
  if (file.endsWith(".ts") && !file.endsWith(".test.ts"))
    sources.set(file.slice(0, -3), read(file.slice(0, -3)));
}

/** Whether the declaration, or something that it uses, asks for a right. */
function asks(file: string, name: string, seen = new Set<string>()): boolean {
  const source = sources.get(file);
  const text = source?.declared.get(name)?.text;
  if (!source || text === undefined || seen.has(`${file} ${name}`)) return false;
  seen.add(`${file} ${name}`);
  // Who acts is handed on and written down everywhere; that decides nothing.
  if (file !== "context" && ASKS.test(text)) return true;
  return [...new Set(text.match(/\w+/g))].some((used) => {
    if (used === name || used === "audit" || used === "publish") return false;
    const from = source.declared.has(used) ? file : source.imported.get(used);
    return from !== undefined && asks(from, used, seen);
  });
}

/** What needs no right of its own, and why. */
const WHY_NOT: Record<string, string> = {
  "incidents/commands/rebuild-facts rebuildFacts": "the command line's",
  "notifications/commands/find-slack-member findSlackMember": "asked for by addContactMethod",
  "notifications/commands/mark-delivery markDelivery": "only the addressee's own delivery",
  "notifications/commands/save-push-subscription savePushSubscription": "only for oneself",
  "notifications/queries/one-tap readOneTapList": "the token of the link is the right",
  "notifications/queries/one-tap readOneTapView": "the token of the link is the right",
  "on-call/commands/refresh-time-off refreshTimeOff": "the engine's",
  "on-call/commands/tell-untaken tellUntaken": "the engine's",
  "people/commands/update-preferences updatePreferences": "only for oneself",
  "problems/commands/detect-recurrences detectDaily": "the engine's",
  "problems/commands/detect-recurrences detectRecurrences": "the engine's",
  "problems/commands/fill-templates fillTemplates": "the engine's",
};

it("is asked for by every command and query", () => {
  const entries = [...sources].flatMap(([file, { declared }]) =>
    /\/(commands|queries)\//.test(file)
      ? [...declared].filter(([, { entry }]) => entry).map(([name]) => ({ file, name }))
      : [],
  );
  expect(entries.length).toBeGreaterThan(300);
  const silent = entries
    .filter(({ file, name }) => !asks(file, name))
    .map(({ file, name }) => `${file} ${name}`);
  expect(silent.toSorted()).toEqual(Object.keys(WHY_NOT).toSorted());
});
