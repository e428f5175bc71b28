import type { IncidentStatus } from "#lib/incidents/vocabulary";
import { escapeHtml, inertLine } from "#lib/notifications/inert";
import { htmlPage } from "#lib/notifications/one-tap-page";

export type OneTapListItem = {
  id: string;
  number: number;
  title: string;
  status: IncidentStatus;
  serviceName: string;
};

/** The page behind the link of a message about several incidents: all of them, and one button that takes those nobody has. */
export function oneTapList(input: {
  items: readonly OneTapListItem[];
  personName: string;
  url: string;
  done: string | null;
}): string {
  const { items, personName, url, done } = input;
  const open = items.filter(({ status }) => status === "triggered");
  const rows = items.map(
    ({ number, title, status, serviceName }) =>
      `<p><a href="${escapeHtml(`${url}/incidents/${number}`)}"><span><span class="rank">#${number}</span> ${escapeHtml(inertLine(serviceName, 60))}: ${escapeHtml(inertLine(title, 200))}</span></a><span class="dim">${STATUS[status]}</span></p>`,
  );
  const button =
    open.length === 0
      ? `<p>Nothing is left to acknowledge here.</p>`
      : `<form method="post" class="bar"><button class="main" name="action" value="acknowledge">Acknowledge ${open.length === 1 ? `#${open[0]?.number ?? ""}` : `all ${open.length}`} as ${escapeHtml(inertLine(personName, 100))}</button></form>`;
  const heading = `${items.length} incidents`;
  const said = done === null ? "" : `<p class="done" role="status">${escapeHtml(done)}</p>`;
  return htmlPage(heading, `${said}<h1>${heading}</h1>${rows.join("")}${button}`, false);
}

const STATUS: Record<IncidentStatus, string> = {
  triggered: "Nobody has acknowledged it.",
  acknowledged: "Acknowledged.",
  resolved: "Resolved.",
};

/** The page behind a request to join: who asks and for what, and the two answers. */
export function oneTapRequest(input: { asked: string; title: string; url: string }): string {
  const asked = escapeHtml(inertLine(input.asked, 400));
  return htmlPage(
    "You are asked to join",
    `<h1>${escapeHtml(inertLine(input.title, 300))}</h1><p>${asked}</p>` +
      `<form method="post"><button class="main" name="action" value="join">Join</button>` +
      `<button name="action" value="decline">Decline</button></form>` +
      `<p class="links"><a href="${escapeHtml(input.url)}">Open the incident</a></p>`,
    false,
  );
}
