import { chartSvg, escapeXml } from "#lib/reports/chart-svg";
import type { ReportDocument, ReportFigure } from "#lib/reports/document";

type Options = {
  /** The address of a figure's picture, where the reader can't show SVG; null: the SVG stands in the page. */
  pictureOf: ((index: number) => string) | null;
  /** Where it can be read in Touchline, and how not to get it any more. */
  footer: { label: string; href: string }[];
};

/** The whole document as one HTML page without scripts, styled in place for mail programs and paper. Everything is escaped. */
export function documentHtml(document: ReportDocument, options: Options): string {
  const e = escapeXml;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${e(document.title)}</title>
<style>@page{margin:12mm}table{border-collapse:collapse}figure{break-inside:avoid}</style></head>
<body style="margin:0 auto;max-width:680px;padding:16px;font-family:Helvetica,Arial,sans-serif;color:#1f2933;background:#fff;line-height:1.4">
<h1 style="font-size:22px;margin:0">${e(document.title)}</h1>
<p style="margin:4px 0 16px;color:#52606d">${e(document.subtitle)}</p>
${commentHtml(document)}${findingsHtml(document)}
${numbersHtml(document)}
${document.figures.map((figure, index) => figureHtml(figure, options.pictureOf?.(index) ?? null)).join("\n")}
${document.notes.map((note) => `<p style="margin:4px 0;font-size:12px;color:#52606d">${e(note)}</p>`).join("\n")}
<p style="margin:16px 0 0;font-size:12px">${options.footer.map(({ label, href }) => `<a href="${e(href)}">${e(label)}</a>`).join(" · ")}</p>
</body></html>
`;
}

function commentHtml({ comment }: ReportDocument): string {
  if (comment === undefined) return "";
  return `<div style="margin:0 0 16px;padding:4px 0 4px 12px;border-left:3px solid #9aa5b1">
<div style="white-space:pre-line">${escapeXml(comment.words)}</div>
<p style="margin:4px 0 0;font-size:12px;color:#52606d">${escapeXml(`${comment.by}, ${comment.at}`)}</p></div>
`;
}

function findingsHtml({ findings = [] }: ReportDocument): string {
  return findings.map((says) => `<p style="margin:4px 0">${escapeXml(says)}</p>`).join("\n");
}

function numbersHtml({ numbers }: ReportDocument): string {
  if (numbers.length === 0) return "";
  const cells = numbers.map(
    ({ label, value, note }) =>
      `<tr><td style="padding:4px 16px 4px 0">${escapeXml(label)}</td><td style="padding:4px 16px 4px 0;white-space:nowrap"><b>${escapeXml(value)}</b></td><td style="padding:4px 0;color:#52606d">${escapeXml(note)}</td></tr>`,
  );
  return `<table>${cells.join("")}</table>`;
}

function figureHtml(figure: ReportFigure, picture: string | null): string {
  const { title, caption, chart, head, rows } = figure;
  const drawn =
    chart === null
      ? ""
      : picture === null
        ? `<div style="overflow-x:auto">${chartSvg(chart)}</div>`
        : `<img src="${escapeXml(picture)}" width="640" alt="${escapeXml(title)}" style="max-width:100%;height:auto">`;
  const isNumeric = head.map((_, index) => index > 0 && isOfNumbers(rows.map((row) => row[index] ?? "")));
  const cell = (tag: "td" | "th") => (says: string, index: number) =>
    `<${tag} style="padding:3px 12px 3px 0;border-bottom:1px solid #d5dbe1;vertical-align:top;${isNumeric[index] ? "text-align:right;white-space:nowrap" : "text-align:left"}">${escapeXml(says)}</${tag}>`;
  return `<figure style="margin:20px 0">
<figcaption><b>${escapeXml(title)}</b><br><span style="font-size:13px;color:#52606d">${escapeXml(caption)}</span></figcaption>
${drawn}
<div style="overflow-x:auto"><table style="font-size:13px;margin-top:8px"><thead><tr>${head.map(cell("th")).join("")}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map(cell("td")).join("")}</tr>`)
    .join("")}</tbody></table></div>
</figure>`;
}

/** Whether every cell that says something begins with a number. */
function isOfNumbers(cells: readonly string[]): boolean {
  return cells.every((says) => /^\W*(\d|$)/.test(says));
}

function commentLines({ comment }: ReportDocument): string[] {
  return comment === undefined ? [] : [comment.words, `(${comment.by}, ${comment.at})`, ""];
}

/** The same as plain text. */
export function documentText(document: ReportDocument, footer: Options["footer"]): string {
  return [
    document.title,
    document.subtitle,
    "",
    ...commentLines(document),
    ...(document.findings ?? []),
    ...document.numbers.map(({ label, value, note }) => `${label}: ${value} ${note}`.trimEnd()),
    ...document.figures.flatMap(({ title, caption, head, rows }) => [
      "",
      title,
      caption,
      [head, ...rows].map((row) => row.join("\t")).join("\n"),
    ]),
    "",
    ...document.notes,
    ...footer.map(({ label, href }) => `${label}: ${href}`),
    "",
  ].join("\n");
}
