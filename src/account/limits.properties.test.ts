/** Plays many requests, jobs and lost calls in any order, and holds what jobs really came to against the limits of a key. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeKeyLimits, makeReservation } from "../../test/support/make-ledger.ts";
import { type Admission, type AskedJob, type ClaimAnswer, decideAdmission, type EarlierJob } from "./admission.ts";
import { hitOf, overdueBehind } from "./limits.ts";
import { createTally } from "./tally.ts";

const PRICE = 10;
const STARTS_WITHIN_MS = 60_000;
/** Two jobs at their price. Fewer than one admission asks about. */
const BUDGET = 2 * PRICE;
const KEY = makeKeyLimits({ maxBudget: BUDGET });

/** A job as it really is. */
interface Job {
	phase: "unstarted" | "running" | "ended";
	cost: number;
}
interface Row extends EarlierJob {
	readonly key: string | null;
	readonly at: number;
	startBy: number;
	settled: number | null;
}
/** A Worker that was told to start a job, and has not done so yet. */
interface Ticket {
	readonly id: string;
	readonly startBy: number;
}
type Question = { readonly type: "claim" | "end"; readonly id: string };
type Answer = ClaimAnswer | Job["phase"];
type Outcome = { readonly type: "join" | "start" | "create" | "limit" | "conflict"; readonly id: string | null };

class World {
	now = 1_000_000;
	rows: Row[] = [];
	readonly jobs = new Map<string, Job>();
	readonly tickets: Ticket[] = [];
	places = 0;
	tally = this.woken();

	/** The tally of an instance that wakes now, from the rows alone. */
	woken() {
		const toOpen = ({ n, id, at, startBy }: Row) => ({
			n,
			id,
			at,
			startBy,
			apiKey: KEY.id,
			images: 1,
			reserved: PRICE,
		});
		return createTally(this.rows.filter(({ settled }) => settled === null).map(toOpen), () => ({
			spent: this.rows.map(({ settled }) => ({ apiKey: KEY.id, day: 0, cost: settled ?? 0, images: 0 })),
			recent: [],
		}));
	}

	job(id: string): Job {
		const job = this.jobs.get(id) ?? { phase: "unstarted", cost: 0 };
		this.jobs.set(id, job);
		return job;
	}

	earlier({ digest, key }: Admission): readonly Row[] {
		const newestFirst = this.rows.toReversed();
		return key === null
			? newestFirst.filter((row) => row.digest === digest).slice(0, 8)
			: newestFirst.filter((row) => row.key === key).slice(0, 1);
	}

	create({ id = "", digest, key, asked }: Admission): void {
		this.places += 1;
		const row: Row = { n: this.places, id, digest, key, at: this.now, startBy: asked?.startBy ?? 0, settled: null };
		this.rows.push(row);
		this.tally.add({ ...row, apiKey: KEY.id, images: 1, reserved: PRICE });
		this.tickets.push(row);
	}

	/** Whoever starts an earlier row may do so until a time of its own. */
	extend(id: string, startBy: number): void {
		const row = this.rows.find((one) => one.id === id);
		if (row !== undefined && row.startBy < startBy) {
			row.startBy = startBy;
			this.tally.extend(id, startBy);
		}
		this.tickets.push({ id, startBy });
	}

	/** The start reaches the job, which refuses it if it is late. */
	start({ id, startBy }: Ticket): void {
		const job = this.job(id);
		if (job.phase === "unstarted" && this.now < startBy) job.phase = "running";
	}

	settle(id: string): void {
		const row = this.rows.find((one) => one.id === id);
		if (row === undefined) return;
		const { cost } = this.job(id);
		this.tally.settle(id, { apiKey: KEY.id, day: 0, cost: cost - (row.settled ?? 0), images: 0 });
		row.settled = cost;
	}

	release({ id, startBy }: Ticket): void {
		const row = this.rows.find((one) => one.id === id);
		if (row === undefined || row.settled !== null || row.startBy > startBy) return;
		this.rows = this.rows.filter((one) => one !== row);
		this.tally.drop(id);
	}

	claim(id: string): ClaimAnswer {
		return this.job(id).phase === "unstarted" ? "unstarted" : "yes";
	}
}

/** One admission, as the account's object runs it: each `yield` is a moment in which others go on. */
function* admit(world: World, admission: Admission): Generator<Question, Outcome, Answer> {
	const rowsAtFirst = world.earlier(admission);
	const asked: AskedJob[] = [];
	let mayAskOverdue = true;
	for (let rowsNow = rowsAtFirst; ; rowsNow = world.earlier(admission)) {
		const { tally, now } = world;
		const hit = hitOf(admission.asked ?? makeReservation(), KEY, tally, now);
		const overdue = hit === null || !mayAskOverdue ? [] : overdueBehind(hit, KEY.id, tally, now);
		const decision = decideAdmission(admission, { rowsAtFirst, rowsNow, asked, refusal: null, hit, overdue });
		switch (decision.type) {
			case "create":
				world.create(admission);
				return { type: "create", id: admission.id ?? "" };
			case "start":
				world.extend(decision.id, admission.asked?.startBy ?? 0);
				return decision;
			case "join":
				return decision;
			case "limit":
			case "conflict":
			case "refuse":
				return { type: decision.type === "refuse" ? "limit" : decision.type, id: null };
			case "ask": {
				const answer = yield { type: "claim", id: decision.job.id };
				if (answer !== "running" && answer !== "ended") asked.push({ job: decision.job, answer });
				break;
			}
			case "ask_overdue":
				mayAskOverdue = false;
				for (const job of decision.jobs) {
					tally.markAsked(job.id, now);
					const answer = yield { type: "end", id: job.id };
					if (answer === "ended") world.settle(job.id);
					else if (answer === "unstarted") world.release(job);
				}
		}
	}
}

interface Pending {
	readonly admission: Admission;
	readonly run: Generator<Question, Outcome, Answer>;
	readonly question: Question;
	readonly answer: Answer | null;
}

const which = fc.nat(4);
const anyStep = fc.oneof(
	fc.record({ type: fc.constant("request" as const), key: fc.constantFrom(null, "a", "b", "c") }),
	// The answer of `admit` was lost: the Worker calls again.
	fc.record({ type: fc.constant("repeat" as const), which }),
	// The client sends its request again.
	fc.record({ type: fc.constant("retry" as const), which }),
	{ weight: 3, arbitrary: fc.record({ type: fc.constant("proceed" as const), which }) },
	{ weight: 2, arbitrary: fc.record({ type: fc.constant("start" as const), which }) },
	fc.record({ type: fc.constant("end" as const), which, cost: fc.constantFrom(0, 7, PRICE), heard: fc.boolean() }),
	{
		weight: 2,
		arbitrary: fc.record({ type: fc.constant("pass" as const), ms: fc.constantFrom(5_000, 40_000, 120_000) }),
	},
	fc.record({ type: fc.constant("sleep" as const) }),
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

class Play {
	readonly world = new World();
	readonly sent: Admission[] = [];
	pending: readonly Pending[] = [];
	readonly outcomes: { readonly admission: Admission; readonly outcome: Outcome; readonly hadRow: boolean }[] = [];

	send(admission: Admission): void {
		this.sent.push(admission);
		const run = admit(this.world, admission);
		this.#turn(admission, run, () => run.next());
	}

	/** A job answers, or the account goes on with its answer. */
	proceed(one: Pending): void {
		this.pending = this.pending.filter((other) => other !== one);
		const { admission, run, question, answer } = one;
		if (answer !== null) {
			this.#turn(admission, run, () => run.next(answer));
			return;
		}
		const { id, type } = question;
		const given = type === "claim" ? this.world.claim(id) : this.world.job(id).phase;
		this.pending = [...this.pending, { ...one, answer: given }];
	}

	#turn(admission: Admission, run: Pending["run"], go: () => IteratorResult<Question, Outcome>): void {
		const hadRow = this.world.rows.some(({ id }) => id === admission.id);
		const { done, value } = go();
		if (done) this.outcomes.push({ admission, outcome: value, hadRow });
		else this.pending = [...this.pending, { admission, run, question: value, answer: null }];
	}

	take(step: Step): void {
		const { world } = this;
		// The newest are counted first.
		const pick = <T>(from: readonly T[]) =>
			"which" in step ? from.at(-1 - (step.which % Math.max(1, from.length))) : undefined;
		if (step.type === "request") this.send(this.request(step.key));
		else if (step.type === "pass") world.now += step.ms;
		else if (step.type === "sleep") {
			// An instance that is needed does not sleep.
			if (this.pending.length === 0) world.tally = world.woken();
		} else if (step.type === "repeat") {
			const admission = pick(this.sent);
			if (admission !== undefined) this.send(admission);
		} else if (step.type === "retry") {
			const admission = pick(this.sent);
			if (admission !== undefined)
				this.send({ ...this.request(admission.key), digest: admission.digest, retried: true });
		} else if (step.type === "proceed") {
			const one = pick(this.pending);
			if (one !== undefined) this.proceed(one);
		} else if (step.type === "start") {
			const ticket = pick(world.tickets);
			if (ticket !== undefined) world.start(ticket);
		} else {
			const [id, job] = pick([...world.jobs].filter(([, { phase }]) => phase === "running")) ?? [];
			if (id === undefined || job === undefined) return;
			Object.assign(job, { phase: "ended", cost: step.cost });
			if (step.heard) world.settle(id);
		}
	}

	request(key: string | null): Admission {
		const id = `job ${this.sent.length}`;
		const asked = makeReservation({ reserve: PRICE, startBy: this.world.now + STARTS_WITHIN_MS });
		return { digest: key ?? id, key, retried: false, id, asked };
	}

	begun(): readonly Job[] {
		return [...this.world.jobs.values()].filter(({ phase }) => phase !== "unstarted");
	}
}

const anySteps = fc.array(anyStep, { maxLength: 80, size: "max" });

it("no order of requests, retries, lost calls and late starts makes jobs that pass a limit", () => {
	fc.assert(
		fc.property(anySteps, (steps) => {
			const play = new Play();
			for (const step of steps) {
				play.take(step);
				const begun = play.begun();
				const taken = begun.reduce((sum, { phase, cost }) => sum + (phase === "ended" ? cost : PRICE), 0);
				expect(taken).toBeLessThanOrEqual(BUDGET);
			}
		}),
		{ numRuns: 3_000 },
	);
});

it("no request under a key makes two jobs, and one that is sent again makes no second row", () => {
	fc.assert(
		fc.property(anySteps, (steps) => {
			const play = new Play();
			for (const step of steps) play.take(step);
			const begun = play.world.rows.filter(({ id, key }) => key !== null && play.world.job(id).phase !== "unstarted");
			expect(new Set(begun.map(({ key }) => key)).size).toBe(begun.length);
			expect(new Set(play.world.rows.map(({ id }) => id)).size).toBe(play.world.rows.length);
			for (const { admission, outcome, hadRow } of play.outcomes) {
				if (hadRow) expect(outcome).toMatchObject({ type: "start", id: admission.id });
			}
		}),
		{ numRuns: 2_000 },
	);
});

it("no reservation is stuck: when all has ended, a budget has what was not spent", () => {
	fc.assert(
		fc.property(anySteps, (steps) => {
			const play = new Play();
			for (const step of steps) play.take(step);
			for (let [one] = play.pending; one !== undefined; [one] = play.pending) play.proceed(one);
			for (const job of play.begun()) if (job.phase === "running") Object.assign(job, { phase: "ended", cost: PRICE });
			play.world.now += 2 * STARTS_WITHIN_MS;
			const spent = play.begun().reduce((sum, { cost }) => sum + cost, 0);
			play.send(play.request(null));
			for (let [one] = play.pending; one !== undefined; [one] = play.pending) play.proceed(one);
			expect(play.outcomes.at(-1)?.outcome.type).toBe(spent + PRICE <= BUDGET ? "create" : "limit");
		}),
		{ numRuns: 2_000 },
	);
});
