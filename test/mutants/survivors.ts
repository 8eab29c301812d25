/** Mutants of the pure rooms that no test notices, file by file, each with the reason why none has to. */
import type { ListedSurvivor } from "./score.ts";

type Group = readonly [reason: string, ...mutants: string[]];

const BY_FILE: Readonly<Record<string, readonly Group[]>> = {};

export const SURVIVORS: readonly ListedSurvivor[] = Object.entries(BY_FILE).flatMap(([file, groups]) =>
	groups.flatMap(([reason, ...mutants]) => mutants.map((mutant) => ({ file, mutant, reason }))),
);
