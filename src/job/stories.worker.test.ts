/**
 * Several clients of one account, one step after another: they ask, ask again, come by the job's id, leave, cancel and delete, while objects are
 * evicted and hours pass. A model, written by hand from docs/protocol.md, says after each step who has which job, and what it cost.
 */
import fc from "fast-check";
import { afterEach, beforeAll, inject, it } from "vitest";
import { resetClock } from "../../test/support/workerd/clock.ts";
import { countSockets } from "../../test/support/workerd/fault-costs.ts";
import { EXAMPLES } from "../../test/support/workerd/story-examples.ts";
import type { Setting, Step } from "../../test/support/workerd/story-model.ts";
import { expectListed, newWorld, take } from "../../test/support/workerd/story-world.ts";

const { schedules, seed, path } = inject("faults");
/** A story takes about a second. */
const STORIES = EXAMPLES.length + Math.ceil(schedules / 2.5);
const STORY_MAX_MS = 30_000;
const FIRST: Step = { type: "ask", declares: "nothing", body: 0, twice: false, takes: "all" };

function oneOf<const T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
	return fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

const anySetting: fc.Arbitrary<Setting> = fc.record({
	api: oneOf([2, "chat"], [1, "images"]),
	cancelOnDisconnect: oneOf([2, false], [1, true]),
	atFal: oneOf([7, "picture"], [2, "failure"], [1, "refusal"]),
});

const job = fc.nat(3);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			type: fc.constant("ask" as const),
			declares: oneOf([4, "nothing"], [3, "retry"], [2, "key 1"], [1, "key 2"]),
			body: oneOf<0 | 1>([5, 0], [1, 1]),
			twice: oneOf([3, false], [1, true]),
			takes: oneOf([1, "all"], [1, "half"]),
		}),
	},
	{ weight: 1, arbitrary: fc.constant<Step>({ type: "ask-async" }) },
	{ weight: 5, arbitrary: fc.record({ type: fc.constant("leave" as const), job }) },
	{ weight: 3, arbitrary: fc.record({ type: fc.constantFrom("resume" as const, "observe" as const), job }) },
	{
		weight: 6,
		arbitrary: fc.record({
			type: oneOf([3, "end-at-fal"], [1, "cancel"], [1, "delete"], [1, "evict"], [1, "cut-sockets"]),
			job,
		}),
	},
	{ weight: 2, arbitrary: fc.record({ type: fc.constant("pass" as const), minutes: fc.constantFrom(11, 31, 1_500) }) },
);

beforeAll(countSockets);
afterEach(resetClock);

it(`gives each of several clients the job that is promised, in ${STORIES} stories`, {
	timeout: STORIES * STORY_MAX_MS,
}, async () => {
	await fc.assert(fc.asyncProperty(anySetting, fc.array(anyStep, { minLength: 4, maxLength: 12, size: "max" }), tell), {
		numRuns: STORIES,
		seed,
		examples: EXAMPLES,
		// Steps wait for rest, so a smaller story fails as the whole one did. Its seed and path lead to it again.
		interruptAfterTimeLimit: STORIES * STORY_MAX_MS - STORY_MAX_MS,
		markInterruptAsFailure: true,
		...(path === "" ? {} : { path }),
	});
});

async function tell(setting: Setting, steps: readonly Step[]): Promise<void> {
	const world = newWorld(setting);
	const told: Step[] = [];
	try {
		for (const step of [FIRST, ...steps]) {
			const fitting = toFitting(step, setting, world.jobs.length);
			told.push(fitting);
			await take(world, fitting);
		}
		await expectListed(world);
	} catch (error) {
		throw new Error(
			`${JSON.stringify(setting)}\n${told.map((step) => JSON.stringify(step)).join("\n")}\n${String(error)}`,
		);
	} finally {
		for (const client of world.clients) client.abort.abort();
		for (const client of world.clients)
			void client.response.then((response) => response.body?.cancel()).catch(() => {});
		resetClock();
	}
}

/** Lets a step speak of a job that there is, and leaves out what no model can say. */
function toFitting(step: Step, { api, atFal }: Setting, jobs: number): Step {
	if ("job" in step) {
		const fitting = { ...step, job: step.job % jobs };
		return step.type === "resume" && api === "images" ? { ...fitting, type: "observe" } : fitting;
	}
	// The job of a whole answer is not known before its end, and the second of two finds a refused job before or after its end.
	return step.type === "ask" && (api === "images" || atFal === "refusal") ? { ...step, twice: false } : step;
}
