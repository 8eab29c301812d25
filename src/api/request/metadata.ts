/** Reads the `metadata` of a body: a user's own names and words, which mean nothing here. */

import * as z from "zod/mini";
import type { Fault } from "../../faults.ts";
import { anyObject, faulty, text } from "./fields.ts";

const MAX_PAIRS = 16;
const MAX_KEY_CHARS = 64;
const MAX_VALUE_CHARS = 512;

function faultOfKeys(metadata: object): Fault | null {
	const keys = Object.keys(metadata);
	if (keys.length > MAX_PAIRS) return { is: "too_long", max: MAX_PAIRS, of: "fields" };
	return keys.some((key) => key.length > MAX_KEY_CHARS) ? { is: "long_key", max: MAX_KEY_CHARS } : null;
}

/** Has OpenAI's bounds. The keys are checked first, so that a wrong value is named by its key. */
export const Metadata = z.pipe(
	anyObject().check(faulty(faultOfKeys)),
	z.record(text(MAX_KEY_CHARS), text(MAX_VALUE_CHARS)),
);
