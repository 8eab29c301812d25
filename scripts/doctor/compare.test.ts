import { describe, expect, it } from "vitest";
import { err, ok } from "../../src/result.ts";
import { compare } from "./compare.ts";
import type { Finding, Reduction, Sample } from "./question.ts";

const same = (text: string) => text;
const question = (reduce: Partial<Reduction> = {}, relied: readonly string[] = []) => ({
	reduce: { body: "shape", ...reduce } as const,
	relied,
});

function sample(name: string, body: unknown, status = 200, facts = {}): Sample {
	return { case: name, answer: ok({ status, headers: {}, body: JSON.stringify(body) }), facts };
}
function asked(...samples: readonly Sample[]): Finding {
	return { kind: "asked", samples };
}
function differencesOf(simulator: unknown, fal: unknown, reduce: Partial<Reduction> = {}) {
	const { differences } = compare(question(reduce), asked(sample("a", simulator)), asked(sample("a", fal)), same);
	return differences.map(({ fact, simulator, fal }) => [fact, simulator, fal]);
}

describe("compare", () => {
	it("agrees if every case has the same facts", () => {
		const finding = asked(sample("a", { x: 1 }), sample("b", { y: "z" }, 404));
		expect(compare(question(), finding, finding, same)).toEqual({ verdict: "agree", differences: [], unseen: [] });
	});

	it("names another status, another kind and another fact", () => {
		const simulator = asked(sample("a", { x: 1 }, 202, { reads: "queued" }));
		const fal = asked(sample("a", { x: "1" }, 200, { reads: "unreadable" }));
		expect(compare(question({}, ["reads", "b > status"]), simulator, fal, same)).toEqual({
			verdict: "differ",
			differences: [
				{ case: "a", fact: "status", simulator: "202", fal: "200", matters: false },
				{ case: "a", fact: "body.x", simulator: "number", fal: "text", matters: false },
				{ case: "a", fact: "reads", simulator: "queued", fal: "unreadable", matters: true },
			],
			unseen: [],
		});
	});

	it.each(["status", "a > status", "a > *"])("says that a difference matters if Darkroom relies on %s", (relied) => {
		const { differences } = compare(question({}, [relied]), asked(sample("a", {})), asked(sample("a", {}, 500)), same);
		expect(differences).toMatchObject([{ fact: "status", matters: true }]);
	});

	it("names a missing field once, and nothing below it", () => {
		expect(differencesOf({ images: [{ url: "https://a/b" }] }, {})).toEqual([["body.images", "list", "missing"]]);
		expect(differencesOf({}, { error: { type: "x" } })).toEqual([["body.error", "missing", "object"]]);
		expect(differencesOf({ a: 1 }, "no object")).toEqual([["body", "object", "text"]]);
	});

	it("lets an optional field be null or missing, and be of no other kind", () => {
		const reduce = { optional: ["logs", "images[].width"] };
		expect(differencesOf({ logs: null }, { logs: [{ message: "x" }] }, reduce)).toEqual([]);
		expect(differencesOf({ logs: [] }, {}, reduce)).toEqual([]);
		expect(differencesOf({ images: [{ width: 1 }] }, { images: [{ width: null }] }, reduce)).toEqual([]);
		expect(differencesOf({ images: [{ width: 1 }] }, { images: [{ width: "1" }] }, reduce)).toEqual([
			["body.images[].width", "number", "text"],
		]);
	});

	it("compares only the cases that both have, and lists those that fal did not show", () => {
		const simulator = asked(sample("IN_QUEUE", { p: 1 }), sample("COMPLETED", {}));
		expect(compare(question(), simulator, asked(sample("COMPLETED", {})), same)).toEqual({
			verdict: "agree",
			differences: [],
			unseen: ["IN_QUEUE"],
		});
		expect(compare(question(), simulator, asked(), same)).toMatchObject({ verdict: "not seen" });
	});

	it("differs by a case that the simulator does not have", () => {
		const fal = asked(sample("FAILED", {}));
		expect(compare(question({}, ["seen"]), asked(sample("COMPLETED", {})), fal, same).differences).toEqual([
			{ case: "FAILED", fact: "seen", simulator: "no", fal: "yes", matters: true },
		]);
	});

	it("gives no verdict on what was not asked or not answered, by either side", () => {
		const good = asked(sample("a", {}));
		const broken = asked(sample("a", {}), { case: "b", answer: err("no answer within 15 s") });
		expect(compare(question(), good, { kind: "not asked", reason: "no address" }, same)).toMatchObject({
			verdict: "not asked",
			reason: "no address",
		});
		expect(compare(question(), good, broken, same)).toMatchObject({ verdict: "no answer", reason: /15 s/ });
		expect(compare(question(), broken, good, same)).toMatchObject({ verdict: "no answer", reason: /simulator/ });
		expect(compare(question(), undefined, good, same)).toMatchObject({ verdict: "no answer" });
	});
});
