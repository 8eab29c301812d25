import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { err, ok } from "../../src/result.ts";
import { type Comparison, compare, type Verdict } from "./compare.ts";
import type { Finding, Sample } from "./question.ts";
import { createScrubs } from "./redact.ts";
import { type Answered, exitCodeOf, summaryOf, toJson, toMarkdown } from "./report.ts";

const HEAD = { version: "1.2.3", at: "2026-11-28T10:00:00.000Z", asked: "fal" };
const NO_SECRETS = createScrubs([], []);
const REDUCE = { body: "shape", literal: ["detail"] } as const;

function sampleOf(body: unknown, change: Partial<Sample> = {}): Sample {
	return { case: "a poll", answer: ok({ status: 200, headers: {}, body: JSON.stringify(body) }), ...change };
}
function answeredOf(simulator: readonly Sample[], samples: readonly Sample[], scrub = NO_SECRETS.foreign): Answered {
	const question = { id: "status", asks: "What?", relies: "This.", reduce: REDUCE, relied: ["status", "body.gone"] };
	const fal: Finding = { kind: "asked", samples };
	return { question, comparison: compare(question, { kind: "asked", samples: simulator }, fal, scrub), fal };
}
const AGREEING = answeredOf([sampleOf({ a: 1 })], [sampleOf({ a: 2 })]);
const DIFFERING = answeredOf([sampleOf({ gone: 1, "a|b": 1 })], [sampleOf({ "a|b": null }), sampleOf({ "a|b": null })]);

describe("toMarkdown", () => {
	it("has a row for each question, and shows answers only where they differ", () => {
		expect(toMarkdown(HEAD, [AGREEING, DIFFERING], NO_SECRETS)).toBe(`\
Darkroom 1.2.3 asked fal on 2026-11-28, and the simulator. 2 questions: 1 agree, 1 differ. Darkroom relies on what differs in 1 of them.

| question | verdict | note |
|---|---|---|
| \`status\` | agree |  |
| \`status\` | **differ** | a poll: body.gone, and 1 more |

### \`status\`: What?

This.

| case | fact | simulator | fal | Darkroom relies on it |
|---|---|---|---|---|
| a poll | \`body.gone\` | \`number\` | \`missing\` | **yes** |
| a poll | \`body.a\\|b\` | \`number\` | \`null\` | no |

fal answered:

\`\`\`json
{"case":"a poll","status":200,"body":{"a|b":null}}
\`\`\`
`);
	});

	it("lets no text of fal's be Markdown", () => {
		const { comparison, ...rest } = answeredOf(
			[sampleOf({ detail: "x" })],
			[sampleOf({ detail: "`\n# heading | ![x](http://a.example/b)" })],
		);
		const text = toMarkdown(HEAD, [{ comparison, ...rest }], NO_SECRETS);
		expect(text).not.toContain("\n# heading");
		expect(text).not.toContain("a.example");
		expect(text).toContain("\\|");
	});
});

describe("toJson", () => {
	it("has everything that the Markdown has, and the answers that agree", () => {
		const report = JSON.parse(toJson(HEAD, [AGREEING, DIFFERING], NO_SECRETS));
		expect(report).toMatchObject({
			...HEAD,
			summary: expect.stringContaining("1 differ"),
			questions: [
				{ id: "status", verdict: "agree", differences: [], answers: [{ case: "a poll", body: { a: "<number>" } }] },
				{ verdict: "differ", differences: [{ fact: "body.gone", matters: true }, { matters: false }] },
			],
		});
	});
});

describe("both", () => {
	const secret = fc.stringMatching(/^[\x21-\x7e]{8,60}$/);
	const around = (hidden: string) =>
		fc.tuple(fc.string(), fc.string()).map(([before, after]) => before + hidden + after);
	const samples = (hidden: string) =>
		fc.array(
			fc.record({
				case: fc.oneof(fc.constant("a case"), around(hidden)),
				answer: fc.oneof(
					around(hidden).map((error) => err(error)),
					fc.record({ ok: fc.constant(true as const), value: answers(hidden) }),
				),
				facts: fc.dictionary(around(hidden), around(hidden), { maxKeys: 2 }),
				shown: fc.dictionary(around(hidden), around(hidden), { maxKeys: 2 }),
			}),
			{ maxLength: 3 },
		);
	const answers = (hidden: string) =>
		fc.record({
			status: fc.constantFrom(200, 401, 404),
			headers: fc.constant({}),
			body: fc.oneof(
				around(hidden),
				around(hidden).map((text) => JSON.stringify({ detail: text, status: [text], [text]: { msg: text } })),
				around(hidden).map((text) => JSON.stringify([text])),
			),
		});

	it("show no key, wherever it came back, and no id that was learnt", () => {
		const all = fc
			.tuple(secret, secret)
			.chain(([key, id]) => fc.tuple(fc.constant(key), fc.constant(id), samples(key), samples(id)));
		fc.assert(
			fc.property(all, ([key, id, withKey, withId]) => {
				const scrubs = createScrubs([key], [id]);
				const answered = [
					answeredOf(withKey, withId, scrubs.foreign),
					answeredOf([], withKey, scrubs.foreign),
					answeredOf(withId, withKey, scrubs.foreign),
				];
				const text = `${toMarkdown(HEAD, answered, scrubs)}\n${JSON.parse(JSON.stringify(toJson(HEAD, answered, scrubs)))}`;
				expect([key, id].filter((hidden) => text.toLowerCase().includes(hidden.toLowerCase()))).toEqual([]);
			}),
		);
	});
});

it("has a last net under everything that is printed", () => {
	const scrubs = createScrubs(["a-key-of-ours"], []);
	const head = { ...HEAD, asked: "a-key-of-ours" };
	expect(toMarkdown(head, [], scrubs)).toContain("asked <secret> on");
	expect(toJson(head, [], scrubs)).toContain('"asked": "<secret>"');
});

describe("summaryOf and exitCodeOf", () => {
	it.each([
		[["agree"], "1 questions: 1 agree.", 0],
		[["agree", "not seen", "not asked"], "3 questions: 1 agree, 1 not seen, 1 not asked.", 0],
		[["agree", "no answer"], "2 questions: 1 agree, 1 without an answer.", 2],
		[["no answer", "differ"], "2 questions: 1 differ, 1 without an answer.", 1],
	] as const)("count %j", (verdicts, summary, code) => {
		const comparisons = verdicts.map((verdict: Verdict): Comparison => ({ verdict, differences: [], unseen: [] }));
		expect(summaryOf(comparisons.map((comparison) => ({ comparison })))).toBe(summary);
		expect(exitCodeOf(comparisons)).toBe(code);
	});
});
