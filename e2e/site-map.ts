import { globSync } from "node:fs";
import { join } from "node:path";

const app = join(import.meta.dirname, "..", "app");

/** The pages of the app by their route, for example "/incidents/[ref]/alerts". */
export function pageRoutes(): string[] {
  return globSync("**/page.tsx", { cwd: app })
    .map((file) => `/${file}`.replaceAll(/\/\([^)]+\)/g, "").replace(/\/page\.tsx$/, "") || "/")
    .toSorted();
}

/** The route that serves a path: the one with the fewest parameters. Undefined when none does. */
export function routeOf(path: string, routes: readonly string[]): string | undefined {
  const fits = routes.filter((route) => {
    const pattern = route.replaceAll(/\[[^\]]+\]/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(path);
  });
  return fits.toSorted((a, b) => parameters(a) - parameters(b))[0];
}

function parameters(route: string): number {
  return route.split("[").length - 1;
}

export type SiteMap = {
  /** For each route that some link leads to, an address of it. */
  addresses: ReadonlyMap<string, string>;
  /** Links that were answered with an error, and the page they are on. */
  broken: readonly string[];
};

const AT_ONCE = 4;

/**
 * Follows the links of the pages as they come from the server, starting at Home; `cookie` says who is looking. Of the addresses that
 * differ in what they are about only, one is visited; of those that differ in their query as well, one of each kind; and links are taken
 * from the first page of each route.
 */
export async function crawl(origin: string, cookie: string): Promise<SiteMap> {
  const routes = pageRoutes();
  const addresses = new Map<string, string>();
  const broken: string[] = [];
  const kinds = new Set<string>();
  const visitAll = async (links: readonly Link[]): Promise<Link[]> => {
    const waiting = links.values();
    const found: Link[] = [];
    const visitor = async () => {
      for (const { address, on } of waiting) {
        const { pathname } = new URL(address, origin);
        const route = routeOf(pathname, routes);
        const isFirst = route !== undefined && !addresses.has(route);
        if (isFirst) addresses.set(route, address);
        const { status, links: further } = await visit(origin, address, cookie);
        if (status >= 400) broken.push(`${address} is answered ${status} (linked on ${on})`);
        if (isFirst) found.push(...further.map((link) => ({ address: link, on: address })));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, visitor));
    return found;
  };
  let wave: Link[] = [{ address: "/", on: "/" }];
  while (wave.length > 0) {
    const found = await visitAll(wave);
    wave = found.filter(({ address }) => {
      const kind = kindOf(new URL(address, origin), routes);
      const isNew = !kinds.has(kind);
      kinds.add(kind);
      return isNew;
    });
  }
  return { addresses, broken };
}

type Link = { address: string; on: string };

function kindOf(url: URL, routes: readonly string[]): string {
  const route = routeOf(url.pathname, routes) ?? url.pathname;
  return `${route}?${[...url.searchParams.keys()].toSorted().join("&")}`;
}

async function visit(origin: string, address: string, cookie: string) {
  const response = await fetch(new URL(address, origin), { headers: { cookie }, redirect: "manual" });
  const body = await response.text();
  const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  const links = isPage ? [...body.matchAll(/<a\b[^>]*?\shref="([^"]+)"/g)].map(([, href]) => href ?? "") : [];
  return { status: response.status, links: links.flatMap((href) => internal(href, address, origin)) };
}

/** The link's path and query when it stays on the site. */
function internal(href: string, on: string, origin: string): string[] {
  const text = href.replaceAll("&amp;", "&").replaceAll("&#x27;", "'").replaceAll("&quot;", '"');
  const base = new URL(on, origin);
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined;
  return url?.origin === base.origin && !text.startsWith("#") ? [`${url.pathname}${url.search}`] : [];
}
