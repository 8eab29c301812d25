/** Survivors of the room job. */
import type { Groups } from "./reasons.ts";

export const JOB: Groups = {
	"src/job/object/in-flight.ts": [["No other effect is a probe.", 'effect.type === "fetch_result" → true']],
	"src/job/object/settler.ts": [["No settlement is that text.", '"" → "Stryker was here!"']],
};
