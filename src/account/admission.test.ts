import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	type Admission,
	type AskedJob,
	type ClaimAnswer,
	decideAdmission,
	type EarlierJob,
	type Inquiry,
	isDeclaredRetry,
} from "./admission.ts";
import type { LimitHit } from "./limits.ts";
import type { OpenJob } from "./tally.ts";

const DIGEST = "d";
const PLAIN: Admission = { digest: DIGEST, key: null, retried: false };
const RETRIED: Admission = { ...PLAIN, retried: true };
const UNLIMITED = { refusal: null, hit: null, overdue: [] };
const OVERDUE: OpenJob = { n: 1, id: "job 1", at: 1, apiKey: "k", images: 1, reserved: 1, startBy: 2 };
const SPENT: LimitHit = { limit: "max_budget", value: 10, endsAt: null, of: "key" };
const KEYED: Admission = { ...PLAIN, key: "k" };

function row(n: number, digest = DIGEST): EarlierJob {
	return { n, id: `job ${n}`, digest };
}

function asked(...answers: readonly (readonly [n: number, answer: ClaimAnswer])[]): readonly AskedJob[] {
	return answers.map(([n, answer]) => ({ job: row(n), answer }));
}

describe("decideAdmission", () => {
	interface Case {
		readonly does: string;
		readonly admission: Admission;
		readonly first?: readonly EarlierJob[];
		/** Absent: as at first. */
		readonly now?: readonly EarlierJob[];
		readonly asked?: readonly AskedJob[];
		readonly refusal?: Inquiry["refusal"];
		readonly hit?: Inquiry["hit"];
		readonly overdue?: Inquiry["overdue"];
		readonly decision: ReturnType<typeof decideAdmission>;
	}
	const create = { type: "create" } as const;
	const join = (n: number) => ({ type: "join", id: row(n).id }) as const;
	const ask = (n: number) => ({ type: "ask", job: row(n) }) as const;
	const start = (n: number) => ({ type: "start", id: row(n).id, listing: n }) as const;
	const conflict = { type: "conflict" } as const;

	it.each<Case>([
		{ does: "creates a job when no row is equal", admission: PLAIN, decision: create },
		{ does: "creates a job under a new key", admission: KEYED, decision: create },
		{ does: "asks the newest equal job first", admission: PLAIN, first: [row(3), row(2)], decision: ask(3) },
		{ does: "asks the job under its key", admission: KEYED, first: [row(3)], decision: ask(3) },
		{
			does: "refuses a key that was used for another request, without asking",
			admission: KEYED,
			first: [row(3, "other")],
			decision: conflict,
		},
		{
			does: "joins the job that agrees",
			admission: PLAIN,
			first: [row(3), row(2)],
			asked: asked([3, "no"], [2, "yes"]),
			decision: join(2),
		},
		{
			does: "asks the next job when one declines",
			admission: PLAIN,
			first: [row(3), row(2)],
			asked: asked([3, "no"]),
			decision: ask(2),
		},
		{
			does: "creates a job when all decline",
			admission: RETRIED,
			first: [row(3), row(2)],
			asked: asked([3, "no"], [2, "no"]),
			decision: create,
		},
		{
			does: "starts an unstarted job for a retry",
			admission: RETRIED,
			first: [row(3)],
			asked: asked([3, "unstarted"]),
			decision: start(3),
		},
		{
			does: "starts an unstarted job under its key",
			admission: KEYED,
			first: [row(3)],
			asked: asked([3, "unstarted"]),
			decision: start(3),
		},
		{
			does: "does not start a job that was erased, and taken off the list, while it was asked",
			admission: RETRIED,
			first: [row(3)],
			now: [],
			asked: asked([3, "unstarted"]),
			decision: create,
		},
		{
			does: "does not start an erased job whose place another one has by now",
			admission: KEYED,
			first: [row(3)],
			now: [{ ...row(3), id: "another" }],
			asked: asked([3, "unstarted"]),
			decision: { type: "ask", job: { ...row(3), id: "another" } },
		},
		{
			does: "leaves an unstarted job to its own client unless this is a retry",
			admission: PLAIN,
			first: [row(3), row(2)],
			asked: asked([3, "unstarted"]),
			decision: ask(2),
		},
		{
			does: "asks a job that came while a retry's others were asked",
			admission: RETRIED,
			first: [row(2)],
			now: [row(3), row(2)],
			asked: asked([2, "no"]),
			decision: ask(3),
		},
		{
			does: "asks a job that came under its key meanwhile",
			admission: KEYED,
			first: [row(2)],
			now: [row(3)],
			asked: asked([2, "no"]),
			decision: ask(3),
		},
		{
			does: "refuses a key that was used for another request meanwhile",
			admission: KEYED,
			first: [row(2)],
			now: [row(3, "other")],
			asked: asked([2, "no"]),
			decision: conflict,
		},
		{
			does: "does not ask a job that came meanwhile unless this is a retry",
			admission: PLAIN,
			first: [row(2)],
			now: [row(3), row(2)],
			asked: asked([2, "no"]),
			decision: create,
		},
		{
			does: "asks all the jobs of its first look, though others came meanwhile",
			admission: PLAIN,
			first: [row(2), row(1)],
			now: [row(4), row(3)],
			asked: asked([2, "no"]),
			decision: ask(1),
		},
		{
			does: "joins the job that agreed, though another came meanwhile",
			admission: RETRIED,
			first: [row(2)],
			now: [row(3), row(2)],
			asked: asked([2, "yes"]),
			decision: join(2),
		},
		{
			does: "joins the job that agreed, though its row is gone",
			admission: RETRIED,
			first: [row(2)],
			now: [],
			asked: asked([2, "yes"]),
			decision: join(2),
		},
		{
			does: "starts the job that an earlier call with its id made, without asking",
			admission: { ...PLAIN, id: row(2).id },
			first: [row(3), row(2)],
			decision: start(2),
		},
		{
			does: "starts that job under its key, too",
			admission: { ...KEYED, id: row(3).id },
			first: [row(3)],
			decision: start(3),
		},
		{
			does: "asks others for a new id",
			admission: { ...PLAIN, id: "new" },
			first: [row(3)],
			decision: ask(3),
		},
		{
			does: "creates a job when the only row is gone",
			admission: KEYED,
			first: [row(2)],
			now: [],
			asked: asked([2, "no"]),
			decision: create,
		},
		{
			does: "refuses a job beyond a limit",
			admission: PLAIN,
			hit: SPENT,
			decision: { type: "limit", hit: SPENT },
		},
		{
			does: "asks jobs that may have ended before it limits",
			admission: PLAIN,
			hit: SPENT,
			overdue: [OVERDUE],
			decision: { type: "ask_overdue", jobs: [OVERDUE] },
		},
		{
			does: "asks no such job when nothing limits",
			admission: PLAIN,
			overdue: [OVERDUE],
			decision: create,
		},
		{
			does: "asks an equal job before those",
			admission: KEYED,
			first: [row(3)],
			hit: SPENT,
			overdue: [OVERDUE],
			decision: ask(3),
		},
		{
			does: "asks an earlier job before it limits",
			admission: KEYED,
			first: [row(3)],
			hit: SPENT,
			decision: ask(3),
		},
		{
			does: "joins beyond a limit",
			admission: PLAIN,
			first: [row(3)],
			asked: asked([3, "yes"]),
			hit: SPENT,
			decision: join(3),
		},
		{
			does: "starts an unstarted job beyond a limit, which it does not pass again",
			admission: RETRIED,
			first: [row(3)],
			asked: asked([3, "unstarted"]),
			hit: SPENT,
			decision: start(3),
		},
		{
			does: "finds its own row beyond a limit",
			admission: { ...PLAIN, id: row(2).id },
			first: [row(2)],
			hit: SPENT,
			decision: start(2),
		},
		{
			does: "refuses a key that was used for another request, before it limits",
			admission: KEYED,
			first: [row(3, "other")],
			hit: SPENT,
			decision: conflict,
		},
		{
			does: "refuses an issued key that is good no more, its own row and a twin notwithstanding",
			admission: { ...KEYED, id: row(3).id },
			first: [row(3)],
			asked: asked([3, "yes"]),
			refusal: { why: "revoked" },
			hit: SPENT,
			decision: { type: "refuse", refusal: { why: "revoked" } },
		},
	])(
		"$does",
		({ admission, first = [], now = first, asked: known = [], refusal = null, hit = null, overdue = [], decision }) => {
			const inquiry = { rowsAtFirst: first, rowsNow: now, asked: known, refusal, hit, overdue };
			expect(decideAdmission(admission, inquiry)).toEqual(decision);
		},
	);
});

/** Accounts and jobs of a moment, as plain values: what the store finds, and what each job would answer. */
class World {
	readonly rows: (EarlierJob & { readonly key: string | null })[] = [];
	/**
	 * `waited`: its client waits. `left`: that one left without the answer. `unjoinable`: it was cancelled, or cost nothing.
	 */
	readonly jobs = new Map<string, "unstarted" | "waited" | "left" | "unjoinable">();

	earlier({ digest, key }: Admission): readonly EarlierJob[] {
		const newestFirst = this.rows.toReversed();
		return key === null
			? newestFirst.filter((one) => one.digest === digest).slice(0, 8)
			: newestFirst.filter((one) => one.key === key).slice(0, 1);
	}

	create({ digest, key }: Admission): string {
		const id = `job ${this.rows.length + 1}`;
		this.rows.push({ n: this.rows.length + 1, id, digest, key });
		this.jobs.set(id, "unstarted");
		return id;
	}

	claim(id: string, declared: boolean): ClaimAnswer {
		const job = this.jobs.get(id);
		if (job === "unstarted") return "unstarted";
		if (job === "unjoinable") return "no";
		if (!declared && job !== "left") return "no";
		this.jobs.set(id, "waited");
		return "yes";
	}
}

interface Outcome {
	readonly type: "join" | "start" | "conflict" | "create";
	readonly id: string | null;
}

/** One admission, as the account's object runs it: each `yield` is a moment in which others go on. */
function* admit(world: World, admission: Admission): Generator<EarlierJob, Outcome, ClaimAnswer> {
	const rowsAtFirst = world.earlier(admission);
	const known: AskedJob[] = [];
	for (let rowsNow = rowsAtFirst; ; rowsNow = world.earlier(admission)) {
		const decision = decideAdmission(admission, { rowsAtFirst, rowsNow, asked: known, ...UNLIMITED });
		if (decision.type === "create") return { type: "create", id: world.create(admission) };
		if (decision.type === "conflict") return { type: "conflict", id: null };
		if (decision.type === "limit" || decision.type === "refuse") throw new Error("nothing limits these requests");
		if (decision.type === "ask_overdue") throw new Error("nothing is overdue");
		if (decision.type !== "ask") return { type: decision.type, id: decision.id };
		known.push({ job: decision.job, answer: yield decision.job });
	}
}

/** A request between two turns: the job that it asks, and the answer once the job has given one. */
interface Pending {
	readonly admission: Admission;
	readonly run: Generator<EarlierJob, Outcome, ClaimAnswer>;
	readonly asks: EarlierJob;
	readonly answer: ClaimAnswer | null;
	/** The answers that this request got so far. */
	readonly answers: readonly (readonly [id: string, answer: ClaimAnswer])[];
}

const anyAdmission: fc.Arbitrary<Admission> = fc.record({
	digest: fc.constantFrom("d", "d", "e"),
	key: fc.constantFrom(null, "k", "k", "l"),
	retried: fc.boolean(),
});
const anyStep = fc.oneof(
	fc.record({ type: fc.constant("admit" as const), admission: anyAdmission }),
	// A request asks, then a job answers, then the request decides: others may come between any two of these.
	{ weight: 4, arbitrary: fc.record({ type: fc.constant("proceed" as const), which: fc.nat(7) }) },
	fc.record({
		type: fc.constant("befall" as const),
		which: fc.nat(7),
		to: fc.constantFrom("waited" as const, "left" as const, "unjoinable" as const),
	}),
);

describe("for all interleavings of requests and jobs", () => {
	/** Calls `onOutcome` in the turn of the decision, before anything else happens. */
	function play(
		steps: readonly (typeof anyStep extends fc.Arbitrary<infer T> ? T : never)[],
		onOutcome: (world: World, admission: Admission, outcome: Outcome, answers: Pending["answers"]) => void,
	): World {
		const world = new World();
		let pending: readonly Pending[] = [];
		const turn = (
			{ admission, run, answers }: Omit<Pending, "asks" | "answer">,
			result: IteratorResult<EarlierJob, Outcome>,
		) => {
			if (result.done) onOutcome(world, admission, result.value, answers);
			else pending = [...pending, { admission, run, answers, asks: result.value, answer: null }];
		};
		const proceed = (one: Pending) => {
			pending = pending.filter((other) => other !== one);
			const { admission, run, asks, answer, answers } = one;
			if (answer !== null) return turn({ admission, run, answers }, run.next(answer));
			const given = world.claim(asks.id, isDeclaredRetry(admission));
			pending = [...pending, { ...one, answer: given, answers: [...answers, [asks.id, given]] }];
		};
		for (const step of steps) {
			if (step.type === "admit") {
				const run = admit(world, step.admission);
				turn({ admission: step.admission, run, answers: [] }, run.next());
			} else if (step.type === "proceed") {
				const one = pending[step.which % Math.max(1, pending.length)];
				if (one !== undefined) proceed(one);
			} else {
				const id = [...world.jobs.keys()][step.which % Math.max(1, world.jobs.size)];
				// A job that may not be joined stays so.
				if (id !== undefined && world.jobs.get(id) !== "unjoinable") world.jobs.set(id, step.to);
			}
		}
		for (let [one] = pending; one !== undefined; [one] = pending) proceed(one);
		return world;
	}
	const anySteps = fc.array(anyStep, { maxLength: 60, size: "max" });

	it("makes a second job under one key and digest only when the earlier ones may not be joined", () => {
		fc.assert(
			fc.property(anySteps, (steps) => {
				play(steps, (world, { key, digest }, { type, id }) => {
					if (type !== "create" || key === null) return;
					const others = world.rows.filter((one) => one.key === key && one.digest === digest && one.id !== id);
					for (const other of others) expect(world.jobs.get(other.id)).toBe("unjoinable");
				});
			}),
			{ numRuns: 2_000 },
		);
	});

	it("never makes two jobs under one key and digest when all may be joined", () => {
		fc.assert(
			fc.property(anySteps, (steps) => {
				const joinable = steps.filter((step) => step.type !== "befall" || step.to !== "unjoinable");
				const { rows } = play(joinable, () => {});
				const keyed = rows.flatMap(({ key, digest }) => (key === null ? [] : [`${key} ${digest}`]));
				expect(new Set(keyed).size).toBe(keyed.length);
			}),
			{ numRuns: 2_000 },
		);
	});

	it("joins and starts only an equal job that agreed to this request, and starts none for an undeclared one", () => {
		fc.assert(
			fc.property(anySteps, (steps) => {
				play(steps, (world, admission, { type, id }, answers) => {
					if (type !== "join" && type !== "start") return;
					const joined = world.rows.find((one) => one.id === id);
					expect(joined?.digest).toBe(admission.digest);
					if (admission.key !== null) expect(joined?.key).toBe(admission.key);
					expect(answers.at(-1)).toEqual([id, type === "join" ? "yes" : "unstarted"]);
					if (type === "start") expect(isDeclaredRetry(admission)).toBe(true);
				});
			}),
			{ numRuns: 2_000 },
		);
	});

	it("refuses a key only when its newest job is another request's", () => {
		fc.assert(
			fc.property(anySteps, (steps) => {
				play(steps, (world, admission, { type }) => {
					if (type !== "conflict") return;
					expect(admission.key).not.toBeNull();
					expect(world.earlier(admission)[0]?.digest).not.toBe(admission.digest);
				});
			}),
		);
	});

	it("asks no job twice for one request, and at most the newest eight of an undeclared one", () => {
		fc.assert(
			fc.property(anySteps, (steps) => {
				play(steps, (_, admission, __, answers) => {
					expect(new Set(answers.map(([id]) => id)).size).toBe(answers.length);
					if (!isDeclaredRetry(admission)) expect(answers.length).toBeLessThanOrEqual(8);
				});
			}),
		);
	});
});
