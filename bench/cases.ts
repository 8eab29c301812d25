import type { Case } from "./figure.ts";

/** The table's rows, in its order: a case's name, and what it asks. */
export const CASES: Readonly<Record<string, Case>> = {};
