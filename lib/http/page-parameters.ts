/** What a page gets as `searchParams`, as the one object that filters are read from. Repeated keys count by their last. */
export function pageParameters(
  given: Readonly<Record<string, string | string[] | undefined>>,
): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(given)) {
    const last = typeof value === "string" ? value : value?.at(-1);
    if (last !== undefined) parameters.set(key, last);
  }
  return parameters;
}
