/** Compares what fal answered with what the simulator answered, and names the differences. */
import type { Finding, Question } from "./question.ts";
import { type Case, casesOf, isBelow, MISSING, type Scrub } from "./shape.ts";

export interface Difference {
	readonly case: string;
	readonly fact: string;
	readonly simulator: string;
	readonly fal: string;
	/** True if Darkroom relies on the fact. */
	readonly matters: boolean;
}

export type Verdict = "agree" | "differ" | "not seen" | "not asked" | "no answer";

export interface Comparison {
	readonly verdict: Verdict;
	readonly differences: readonly Difference[];
	/** Cases of the simulator that fal did not show. */
	readonly unseen: readonly string[];
	/** Says why there is nothing to compare. */
	readonly reason?: string;
}

type Compared = Pick<Question, "reduce" | "relied">;

/** The fact of a case that the simulator does not have. */
const SEEN = "seen";

/** @param simulator Absent if the simulator was not asked. */
export function compare(question: Compared, simulator: Finding | undefined, fal: Finding, scrub: Scrub): Comparison {
	if (fal.kind !== "asked") return nothing(fal.kind, scrub(fal.reason));
	const failure = failureOf(fal);
	if (failure !== null) return nothing("no answer", scrub(failure));
	if (simulator?.kind !== "asked") return nothing("no answer", "the simulator was not asked");
	const simulatorFailure = failureOf(simulator);
	if (simulatorFailure !== null) return nothing("no answer", scrub(`from the simulator: ${simulatorFailure}`));

	const [expected, found] = [simulator, fal].map(({ samples }) => casesOf(samples, question.reduce, scrub));
	return compareCases(question, expected ?? [], found ?? []);
}

function failureOf({ samples }: Extract<Finding, { kind: "asked" }>): string | null {
	return samples.flatMap(({ answer }) => (answer.ok ? [] : [answer.error]))[0] ?? null;
}

function nothing(verdict: Verdict, reason: string): Comparison {
	return { verdict, differences: [], unseen: [], reason };
}

function compareCases(question: Compared, expected: readonly Case[], found: readonly Case[]): Comparison {
	const differences = found.flatMap((seen) => {
		const known = expected.find(({ name }) => name === seen.name);
		return known ? differencesOf(question, known, seen) : [unexpected(question, seen.name)];
	});
	const unseen = expected.map(({ name }) => name).filter((name) => !found.some((seen) => seen.name === name));
	const verdict = differences.length > 0 ? "differ" : found.length === 0 ? "not seen" : "agree";
	return { verdict, differences, unseen };
}

function unexpected(question: Compared, name: string): Difference {
	return { case: name, fact: SEEN, simulator: "no", fal: "yes", matters: isRelied(question, name, SEEN) };
}

function differencesOf(question: Compared, expected: Case, found: Case): readonly Difference[] {
	const names = new Set([...Object.keys(expected.facts), ...Object.keys(found.facts)]);
	return [...names].flatMap((fact) => {
		const [simulator, fal] = [expected.facts[fact] ?? MISSING, found.facts[fact] ?? MISSING];
		const isOptional = isBelow(fact.replace(/^body\./, ""), question.reduce.optional);
		if (simulator === fal || (isOptional && agreeButForAbsence(simulator, fal))) return [];
		// A field that is missing says it all: the fields below it are missing with it.
		if (isChildOfMissing(fact, expected.facts, found.facts)) return [];
		return [{ case: found.name, fact, simulator, fal, matters: isRelied(question, found.name, fact) }];
	});
}

/** Returns true if the kinds are equal, or one side has none but null. */
function agreeButForAbsence(simulator: string, fal: string): boolean {
	const [expected = [], found = []] = [simulator, fal].map((kinds) =>
		kinds.split(" | ").filter((kind) => kind !== "null" && kind !== MISSING),
	);
	return expected.length === 0 || found.length === 0 || expected.join() === found.join();
}

function isChildOfMissing(fact: string, expected: Case["facts"], found: Case["facts"]): boolean {
	const parent = fact.replace(/(\[\]|\.[^.[]+)$/, "");
	if (parent === fact) return false;
	const [a, b] = [expected[parent], found[parent]];
	return a !== b || isChildOfMissing(parent, expected, found);
}

function isRelied({ relied }: Compared, name: string, fact: string): boolean {
	return [`${name} > *`, `${name} > ${fact}`].some((path) => isBelow(path, relied)) || isBelow(fact, relied);
}
