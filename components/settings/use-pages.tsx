"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { callApi } from "#lib/browser/api";

interface Page {
  nextCursor: string | null;
}

/** A list that the server began and the browser goes on with, page by page. `query` has no cursor. */
export function usePages<P extends Page>(path: string, query: string, initial: P) {
  return useInfiniteQuery({
    queryKey: [path, query, initial],
    queryFn: ({ pageParam, signal }) => {
      const parameters = new URLSearchParams(query);
      if (pageParam !== "") parameters.set("cursor", pageParam);
      return callApi<P>("GET", `${path}?${parameters.toString()}`, undefined, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last: P) => last.nextCursor,
    initialData: { pages: [initial], pageParams: [""] },
    // The server has just read the first page; what is older does not change.
    staleTime: Infinity,
  });
}
