/** Stories that are always told: one for each rule that chance may miss. */
import type { Setting, Step } from "./story-model.ts";

const CHAT: Setting = { api: "chat", cancelOnDisconnect: false, atFal: "picture" };
const IMAGES: Setting = { ...CHAT, api: "images" };

function ask(declares: "nothing" | "retry" | "key 1" | "key 2" = "nothing", takes: "all" | "half" = "all"): Step {
	return { type: "ask", declares, body: 0, twice: false, takes };
}
const OTHER_BODY: Step = { type: "ask", declares: "key 1", body: 1, twice: false, takes: "all" };
const TWO_AT_ONCE: Step = { type: "ask", declares: "nothing", body: 0, twice: true, takes: "all" };
const LEAVE: Step = { type: "leave", job: 0 };
const OBSERVE: Step = { type: "observe", job: 0 };
const END: Step = { type: "end-at-fal", job: 0 };
const END_OF_SECOND: Step = { type: "end-at-fal", job: 1 };
function pass(minutes: number): Step {
	return { type: "pass", minutes };
}

/** Each begins with a request without a key, which is not written here. */
export const EXAMPLES: [setting: Setting, steps: Step[]][] = [
	// The windows of a retry and of a key, on both sides.
	[CHAT, [END, pass(11), ask("retry"), pass(31), ask("retry")]],
	[CHAT, [ask("key 1"), END_OF_SECOND, pass(31), ask("key 1"), OTHER_BODY, pass(1_500), ask("key 1")]],
	// The newest of equal jobs.
	[CHAT, [ask(), ask(), END, END_OF_SECOND, { type: "end-at-fal", job: 2 }, ask("retry")]],
	// A third equal request while the second waits, and two at once.
	[CHAT, [LEAVE, ask(), ask()]],
	[CHAT, [LEAVE, TWO_AT_ONCE]],
	// One of two who leaves, and the other.
	[{ ...CHAT, cancelOnDisconnect: true }, [{ type: "resume", job: 0 }, LEAVE, LEAVE]],
	[CHAT, [OBSERVE, LEAVE, { type: "evict", job: 0 }, LEAVE, ask()]],
	// A failure that may have cost, and one that surely did not.
	[{ ...CHAT, atFal: "failure" }, [END, ask("retry"), ask("key 2")]],
	[{ ...CHAT, atFal: "refusal" }, [ask("retry")]],
	// Cut in the middle of a whole answer, and once more.
	[{ ...IMAGES, cancelOnDisconnect: true }, [ask("retry", "half"), END, ask(), ask()]],
];
