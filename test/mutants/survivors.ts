/** Mutants of the pure rooms that no test notices, each with the reason why none has to. */
import type { ListedSurvivor } from "./score.ts";

export const SURVIVORS: readonly ListedSurvivor[] = [];
