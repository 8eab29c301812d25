/** Survivors of the room account. */
import type { Groups } from "./reasons.ts";

export const ACCOUNT: Groups = {
	"src/account/canonical.ts": [["An object has no two fields of one name.", "a < b → a <= b"]],
};
