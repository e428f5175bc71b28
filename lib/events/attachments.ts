import { MAX_ATTACHMENTS } from "#lib/events/event";
import type { EventImage, EventLink } from "#lib/events/event";
import { readLabel } from "#lib/events/event-fields";
import type { Warnings } from "#lib/events/event-fields";
import { isObject } from "#lib/events/json";
import { secureUrl, webUrl } from "#lib/events/web-url";

/** Links whose address is not http or https are left out with a warning; a bad link never costs an event. */
export function readLinks(value: unknown, warnings: Warnings): EventLink[] {
  return readList(value, "links", warnings, (item, name) => {
    const href = webUrl(item.href);
    if (href === null) return null;
    return { href, text: readLabel(item, "text", `${name}.text`, warnings) };
  });
}

/** Pictures whose `src` is not https are left out with a warning. */
export function readImages(value: unknown, warnings: Warnings): EventImage[] {
  return readList(value, "images", warnings, (item, name) => {
    const src = secureUrl(item.src);
    if (src === null) return null;
    const href = readUrl(item.href, `${name}.href`, warnings);
    return { src, href, alt: readLabel(item, "alt", `${name}.alt`, warnings) };
  });
}

/** An address that may be absent: empty ones are passed over, relative and other ones left out with a warning. */
export function readUrl(value: unknown, name: string, warnings: Warnings): string | null {
  if (value === undefined || value === null || value === "") return null;
  const url = webUrl(value);
  if (url === null) warnings.push(`'${name}' is not an http(s) address, left out`);
  return url;
}

/** A link when the address is usable; empty ones are passed over, others left out with a warning. */
export function linkTo(value: unknown, name: string, text: string, warnings: Warnings): EventLink[] {
  const href = readUrl(value, name, warnings);
  return href === null ? [] : [{ href, text }];
}

function readList<Item>(
  value: unknown,
  name: string,
  warnings: Warnings,
  read: (item: Record<string, unknown>, name: string) => Item | null,
): Item[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    warnings.push(`'${name}' is not a list, left out`);
    return [];
  }
  if (value.length > MAX_ATTACHMENTS)
    warnings.push(`Only the first ${MAX_ATTACHMENTS} of '${name}' were kept`);
  return value.slice(0, MAX_ATTACHMENTS).flatMap((item: unknown, index) => {
    const kept = isObject(item) ? read(item, `${name}[${index}]`) : null;
    if (kept === null) warnings.push(`'${name}[${index}]' has no usable address, left out`);
    return kept === null ? [] : [kept];
  });
}
