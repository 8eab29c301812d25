/** Makes random sessions for the fuzz suite: some requests in any order, each of them as it should be or mutated. */
import fc from "fast-check";
import { randomOf } from "../../../sim/random.ts";
import { DESCRIBED_ROUTES } from "../../../src/reference/described-routes.ts";
import "vitest";

declare module "vitest" {
	export interface ProvidedContext {
		/** From the environment, by vitest.config.ts: this many seeds, from the first on. */
		fuzz: { readonly first: number; readonly count: number };
	}
}

export type Account = "owner" | "other";

/** The parts of a request that are mutated. */
export type Part = "method" | "origin" | "path" | "query" | "headers" | "body" | "text" | "type" | "encoding";

export interface Session {
	/** For the simulator: how fal behaves to all jobs of the session. They may end with `FUZZ`. */
	readonly words: string;
	readonly steps: readonly Step[];
}

export interface Step {
	readonly kind: "request" | "again" | "webhook";
	/** Of the table of routes. */
	readonly route: number;
	readonly account: Account;
	/** The earlier job, link or request of the session that it names, counted from the newest. */
	readonly of: number;
	readonly mutated: readonly Part[];
	/** Of the values that stand in the request, and of its mutations. */
	readonly seed: number;
	/** Pieces of the answer that the client reads before it leaves; null for all. */
	readonly reads: number | null;
	/** The client leaves after so many milliseconds, whatever has come; null if it stays. */
	readonly leavesAfterMs: number | null;
	/** The next step waits for the answer, but not for long. */
	readonly waits: boolean;
}

function oneOf<const T>(...choices: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> {
	return fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

/** Ends the words of a session whose jobs meet mutated answers. */
export const FUZZ = "sim:fuzz=";

/** Routes that make jobs come more often: all others need one. */
const anyRoute: fc.Arbitrary<number> = fc.oneof(
	...DESCRIBED_ROUTES.map(({ body }, index) => ({ weight: body === undefined ? 1 : 3, arbitrary: fc.constant(index) })),
);

const anyParts: fc.Arbitrary<readonly Part[]> = fc.oneof(
	{ weight: 5, arbitrary: fc.constant([]) },
	{
		weight: 5,
		arbitrary: fc.array(
			oneOf<Part>(
				[6, "body"],
				[2, "text"],
				[1, "type"],
				[1, "encoding"],
				[3, "headers"],
				[2, "query"],
				[2, "path"],
				[1, "method"],
				[1, "origin"],
			),
			{ minLength: 1, maxLength: 3 },
		),
	},
);

const anyStep: fc.Arbitrary<Step> = fc.record({
	kind: oneOf<Step["kind"]>([8, "request"], [2, "again"], [1, "webhook"]),
	route: anyRoute,
	account: oneOf<Account>([7, "owner"], [1, "other"]),
	of: oneOf([5, 0], [2, 1], [1, 2]),
	mutated: anyParts,
	seed: fc.nat(),
	reads: oneOf([6, null], [1, 0], [1, 1], [1, 3]),
	leavesAfterMs: oneOf([9, null], [1, 30], [1, 300]),
	waits: oneOf([3, true], [1, false]),
});

/** The first request makes a job, so that most sessions have one. */
const anyFirstStep: fc.Arbitrary<Step> = fc
	.tuple(
		anyStep,
		fc.constantFrom(...DESCRIBED_ROUTES.flatMap(({ body }, index) => (body === undefined ? [] : [index]))),
		oneOf([1, true], [3, false]),
	)
	.map(([step, route, isMutated]) => ({ ...step, kind: "request", route, mutated: isMutated ? step.mutated : [] }));

/** A seed follows `FUZZ`, another one for each job. */
const anyWords: fc.Arbitrary<string> = oneOf(
	[6, FUZZ],
	[2, "sim:quick"],
	[1, `sim:instant ${FUZZ}`],
	[1, `sim:poll-only sim:queue-ms=20 sim:run-ms=60 ${FUZZ}`],
	[1, "sim:answer-lost sim:queue-ms=20 sim:run-ms=60"],
	[1, "sim:hold"],
	[1, `sim:hold ${FUZZ}`],
	[1, "sim:leaky-failure"],
	[1, "sim:refused-leaky"],
);

const anySession: fc.Arbitrary<Session> = fc
	.tuple(anyWords, anyFirstStep, fc.array(anyStep, { minLength: 4, maxLength: 10 }))
	.map(([words, first, rest]) => ({ words, steps: [first, ...rest] }));

/** Makes the session of a seed. */
export function sessionOf(seed: number): Session {
	// Seeds that are next to each other would make sessions that begin alike.
	const mixed = Math.floor(randomOf(`session ${seed}`)() * 2 ** 31);
	const [session] = fc.sample(anySession, { seed: mixed, numRuns: 1 });
	if (session === undefined) throw new Error("there is no session");
	return session;
}
