import { describe, expect, it } from "vitest";
import { createEvidence } from "./evidence.ts";
import { interview } from "./interview.ts";
import type { Question } from "./question.ts";
import { addressesOn } from "./settings.ts";

const target = { ...addressesOn("http://127.0.0.1:1"), key: "a:b", adminKey: null };

function makeQuestion(id: string, change: Partial<Question> = {}): Question {
	const asks = { asks: "What?", relies: "This.", costs: [], relied: [], reduce: { body: "shape" } } as const;
	return { id, ...asks, ask: async () => [], ...change };
}

async function ask(questions: readonly Question[], { stopped = false, hasPublicAddress = false } = {}) {
	const stop = new AbortController();
	if (stopped) stop.abort();
	const order: string[] = [];
	const findings = await interview(questions, createEvidence(target, stop.signal, null), {
		signal: stop.signal,
		hasPublicAddress,
		questionTimeoutMs: 50,
		onFinding: ({ id }) => order.push(id),
	});
	return { findings: Object.fromEntries(findings), order };
}

describe("interview", () => {
	it("asks one question after the other", async () => {
		const { findings, order } = await ask([makeQuestion("a"), makeQuestion("b")]);
		expect(order).toEqual(["a", "b"]);
		expect(findings.a).toEqual({ kind: "asked", samples: [] });
	});

	it("goes on after a question that takes too long", async () => {
		const hangs = makeQuestion("a", { ask: () => new Promise(() => {}) });
		const { findings } = await ask([hangs, makeQuestion("b")]);
		expect(findings).toMatchObject({
			a: { kind: "no answer", reason: "not done within 0.05 s" },
			b: { kind: "asked" },
		});
	});

	it("asks for a webhook only if fal can reach this machine", async () => {
		const question = makeQuestion("a", { needs: "public address" });
		expect((await ask([question])).findings.a).toEqual({ kind: "not asked", reason: "it needs --public-url" });
		expect((await ask([question], { hasPublicAddress: true })).findings.a).toMatchObject({ kind: "asked" });
	});

	it("asks nothing more when it is stopped", async () => {
		expect((await ask([makeQuestion("a")], { stopped: true })).findings.a).toMatchObject({ kind: "no answer" });
	});
});
