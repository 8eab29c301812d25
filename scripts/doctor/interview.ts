/** Asks one side all chosen questions, each within a bound. */
import type { Evidence } from "./evidence.ts";
import type { Finding, Question } from "./question.ts";

/** No question may take longer. The slowest waits for a bill. */
const QUESTION_TIMEOUT_MS = 120_000;

export interface Interview {
	readonly signal: AbortSignal;
	/** False if fal cannot reach this machine. */
	readonly hasPublicAddress: boolean;
	readonly onFinding?: (question: Question, finding: Finding) => void;
	readonly questionTimeoutMs?: number;
}

export async function interview(
	questions: readonly Question[],
	evidence: Evidence,
	{ signal, hasPublicAddress, onFinding, questionTimeoutMs = QUESTION_TIMEOUT_MS }: Interview,
): Promise<ReadonlyMap<string, Finding>> {
	const findings = new Map<string, Finding>();
	for (const question of questions) {
		const finding = await find(question);
		findings.set(question.id, finding);
		onFinding?.(question, finding);
	}
	return findings;

	async function find({ needs, ask }: Question): Promise<Finding> {
		if (signal.aborted) return { kind: "no answer", reason: "there was no time left" };
		if (needs === "public address" && !hasPublicAddress) {
			return { kind: "not asked", reason: "it needs --public-url" };
		}
		const { promise: late, resolve } = Promise.withResolvers<Finding>();
		const timer = setTimeout(
			() => resolve({ kind: "no answer", reason: `not done within ${questionTimeoutMs / 1000} s` }),
			questionTimeoutMs,
		);
		const asked = ask(evidence).then((samples): Finding => ({ kind: "asked", samples }));
		return Promise.race([asked, late]).finally(() => clearTimeout(timer));
	}
}
