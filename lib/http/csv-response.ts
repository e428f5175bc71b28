/** A CSV file to download; a stream is pulled by the reader, so that a slow one slows its source. */
export function csvResponse(body: BodyInit, name: string): Response {
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "private, no-store",
    },
  });
}
