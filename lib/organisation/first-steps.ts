/** What a new organisation does before its monitors wake the right person, in this order. */
export const FIRST_STEPS = ["reach", "monitor", "people", "schedule", "policy"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** What is done, and where the rest is: null where nothing is there yet that would have a page. */
export type FirstSteps = { done: FirstStep[]; serviceSlug: string | null; policySlug: string | null };
