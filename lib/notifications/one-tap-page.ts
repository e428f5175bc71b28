import type { IncidentStatus, Urgency } from "#lib/incidents/vocabulary";
import { clockText, durationText } from "#lib/notifications/clock-text";
import { escapeHtml, inertLine } from "#lib/notifications/inert";

export type OneTapView = {
  number: number;
  title: string;
  status: IncidentStatus;
  urgency: Urgency;
  priority: string | null;
  serviceName: string;
  teamName: string | null;
  createdAt: Date;
  at: Date;
  person: { id: string; name: string; timeZone: string };
  assignees: readonly string[];
  acknowledgements: readonly { userId: string; name: string; at: Date }[];
  resolved: { at: Date; by: string | null } | null;
  next: { at: Date; to: string } | null;
  incidentUrl: string;
  /** What to do about it, kept by the service. */
  runbookUrl: string | null;
  /** What the person said about their page; null: they are not asked, since it is open or goes on elsewhere. */
  verdict: { useful: boolean | null } | null;
};

/** What was just done from the page, for its headline. */
export type OneTapDone = "acknowledged" | "escalated" | "judged" | { failed: string } | null;

/** The only style sheet of the page; its hash is in the policy. Dark at night by the person's own clock, or as the device prefers. */
export const ONE_TAP_STYLE = `
:root{color-scheme:light;--bg:#f9fafb;--fg:#13171e;--dim:#474e57;--line:#81878d;--accent:#2365d1;--good:#016b50;--bad:#ac0124}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;--bg:#0a0c10;--fg:#ebedf0;--dim:#b2b8bf;--line:#70757d;--good:#5fdfb4;--bad:#fc575b}}
:root[data-night]{color-scheme:dark;--bg:#0a0c10;--fg:#ebedf0;--dim:#b2b8bf;--line:#70757d;--good:#5fdfb4;--bad:#fc575b}
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;background:var(--bg);color:var(--fg);font:17px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:34rem;margin:0 auto;min-height:100dvh;padding:24px 16px calc(24px + env(safe-area-inset-bottom));display:flex;flex-direction:column;gap:12px}
h1{font-size:24px;line-height:1.3;margin:0;overflow-wrap:anywhere}
p{margin:0;overflow-wrap:anywhere}
.dim{color:var(--dim)}
.rank{font-weight:700}
.done{color:var(--good);font-weight:600;font-size:20px}
.failed{color:var(--bad);font-weight:600}
form,.links{display:flex;flex-direction:column;gap:12px;margin-top:auto}
form+.links{margin-top:0}
.bar{position:sticky;bottom:0;margin-bottom:calc(-24px - env(safe-area-inset-bottom));padding:12px 0 calc(24px + env(safe-area-inset-bottom));background:var(--bg)}
button{font:inherit;font-weight:600;min-height:56px;padding:8px 16px;border-radius:10px;border:1px solid var(--line);background:transparent;color:inherit;cursor:pointer}
button.main{border-color:var(--accent);background:var(--accent);color:#fff;min-height:72px;font-size:20px}
a{color:inherit;min-height:48px;display:flex;align-items:center;justify-content:center}
:focus-visible{outline:2px solid currentColor;outline-offset:2px}
`;

/** The page behind a one-tap link: what it is, one big button, and what became of it. Without scripts. */
export function oneTapPage(view: OneTapView, done: OneTapDone): string {
  const rank = view.priority ?? (view.urgency === "high" ? "High urgency" : "Low urgency");
  const title = inertLine(view.title, 300);
  const place = [view.serviceName, view.teamName, `#${view.number}`].flatMap((part) =>
    part === null ? [] : [part],
  );
  const main = [
    outcome(view, done),
    `<p><span class="rank">${escapeHtml(rank)}</span> · ${escapeHtml(inertLine(place.join(" · "), 200))}</p>`,
    `<h1>${escapeHtml(title)}</h1>`,
    `<p class="dim">${escapeHtml(facts(view))}</p>`,
    statusLine(view),
    actions(view),
    `<p class="links">${runbookLink(view)}<a href="${escapeHtml(view.incidentUrl)}">Open incident #${view.number}</a></p>`,
  ].join("");
  return htmlPage(`#${view.number} ${title}`, main, isNight(view.at, view.person.timeZone));
}

/** A page that says one thing: a link that no longer works, a test that arrived. */
export function oneTapNotice(notice: { heading: string; text: string; href: string; link: string }): string {
  return htmlPage(
    notice.heading,
    `<h1>${escapeHtml(notice.heading)}</h1><p>${escapeHtml(notice.text)}</p>` +
      `<p class="links"><a href="${escapeHtml(notice.href)}">${escapeHtml(notice.link)}</a></p>`,
    false,
  );
}

/** The page behind the link in a test page. */
export function oneTapTest(personName: string): string {
  return htmlPage(
    "Test page",
    `<h1>This was a test</h1><p>Nothing is wrong. Say that it reached ${escapeHtml(inertLine(personName, 100))}.</p>` +
      `<form method="post"><button class="main" name="action" value="arrived">It arrived</button></form>`,
    false,
  );
}

function outcome(view: OneTapView, done: OneTapDone): string {
  if (done === null) return "";
  if (typeof done === "object") {
    const still = view.status === "triggered" && view.next ? ` ${nextSentence(view)}` : "";
    return `<p class="failed" role="alert">${escapeHtml(`${done.failed}${still}`)}</p>`;
  }
  // The line above its buttons says what was answered.
  if (done === "judged") return "";
  if (done === "acknowledged") {
    const mine = view.acknowledgements.find(({ userId }) => userId === view.person.id);
    return mine
      ? `<p class="done" role="status">Acknowledged ${clockText(mine.at, view.person.timeZone, "second")}. Escalation stopped.</p>`
      : "";
  }
  const to = view.assignees.length > 0 ? ` to ${view.assignees.join(", ")}` : "";
  return `<p class="done" role="status">${escapeHtml(`Escalated${to} ${clockText(view.at, view.person.timeZone, "second")}.`)}</p>`;
}

function facts({ createdAt, at, person }: OneTapView): string {
  const age = durationText(at.getTime() - createdAt.getTime());
  return `Triggered ${clockText(createdAt, person.timeZone, "second")} (${person.timeZone}), ${age} ago`;
}

function statusLine(view: OneTapView): string {
  return `<p>${escapeHtml(statusSentence(view))}</p>`;
}

/** Who has it, since when, and what comes next; in the person's time. */
export function statusSentence(view: OneTapView): string {
  const { timeZone } = view.person;
  if (view.resolved) {
    const by = view.resolved.by === null ? "" : ` by ${view.resolved.by}`;
    return `Resolved${by} at ${clockText(view.resolved.at, timeZone, "second")}. Nothing is left to do here.`;
  }
  if (view.status === "acknowledged") {
    const by = view.acknowledgements.map(({ name, at }) => `${name} at ${clockText(at, timeZone, "second")}`);
    return by.length === 0 ? "Acknowledged." : `Acknowledged by ${by.join(", ")}.`;
  }
  const who = view.assignees.length > 0 ? ` Assigned to ${view.assignees.join(", ")}.` : "";
  return `Triggered, nobody has acknowledged it.${who} ${nextSentence(view)}`.trim();
}

function nextSentence({ next, at, person }: OneTapView): string {
  if (!next) return "";
  const left = next.at.getTime() - at.getTime();
  if (left <= 0) return `Escalates to ${next.to} now.`;
  return `Escalates to ${next.to} at ${clockText(next.at, person.timeZone)} (in ${durationText(left)}).`;
}

function actions(view: OneTapView): string {
  if (view.verdict) return question(view.verdict);
  if (view.status !== "triggered") return "";
  const name = escapeHtml(inertLine(view.person.name, 100));
  const escalate = view.next
    ? `<button name="action" value="escalate">Escalate to ${escapeHtml(inertLine(view.next.to, 100))} instead</button>`
    : "";
  return `<form method="post"><button class="main" name="action" value="acknowledge">Acknowledge as ${name}</button>${escalate}</form>`;
}

/** Whether the page was useful, asked once it is over; or what was answered, and the ways to another answer. */
function question({ useful }: { useful: boolean | null }): string {
  const button = (action: string, label: string) =>
    `<button name="action" value="${action}">${label}</button>`;
  if (useful === null) {
    return `<form method="post"><p>Was this page useful to you?</p>${button("useful", "It was useful")}${button("not-useful", "It was not useful")}</form>`;
  }
  const other = useful ? button("not-useful", "It was not useful") : button("useful", "It was useful");
  return `<form method="post"><p role="status">You said that the page was ${useful ? "" : "not "}useful.</p>${other}${button("unsaid", "Take my answer back")}</form>`;
}

function runbookLink({ runbookUrl }: OneTapView): string {
  return runbookUrl === null ? "" : `<a href="${escapeHtml(runbookUrl)}">Runbook</a>`;
}

function isNight(at: Date, timeZone: string): boolean {
  const hour = Number(clockText(at, timeZone).slice(0, 2));
  return hour >= 22 || hour < 7;
}

/** The frame of every page behind a one-tap link. */
export function htmlPage(title: string, main: string, night: boolean): string {
  return (
    `<!doctype html><html lang="en"${night ? " data-night" : ""}><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><meta name="robots" content="noindex">` +
    `<meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title>` +
    `<style>${ONE_TAP_STYLE}</style></head><body><main>${main}</main></body></html>`
  );
}
