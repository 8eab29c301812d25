/** The form of a room's list of survivors, and the reasons that many of them share. */

/** Mutants of a file, group by group, each with the reason why no test has to notice them. Behind one that stands in two places is ` ×2`. */
export type Groups = Readonly<Record<string, readonly Group[]>>;

type Group = readonly [reason: string, ...mutants: string[]];

/** TypeScript asks for it, or it tells the type what is known. */
export const FOR_THE_TYPE = "It is there for the type: no value comes to it.";
export const SAVES_WORK = "It only saves work: the outcome is the same.";
/** A pattern that is tried on words that are not there. */
export const NO_WORDS = "No words hold the text.";
