/** Faults of every kind that the fuzz suite looks for, each in a place that no request is made to reach. */
import { type Fault, test } from "./fault.ts";

const FUZZ = test("src/fuzz.worker.test.ts", "nothing breaks in the sessions");

export const EVERYWHERE_FAULTS: readonly Fault[] = [
	{
		breaks: "fal's words show the key",
		file: "src/scrub.ts",
		text: "rest.replaceAll(secret, GAP)",
		becomes: "rest.replaceAll(secret, secret)",
		caughtBy: FUZZ,
	},
	{
		breaks: "a 404 has no request id",
		file: "src/http/cors.ts",
		text: 'headers.set("x-request-id", requestId);',
		becomes: 'if (response.status !== 404) headers.set("x-request-id", requestId);',
		caughtBy: FUZZ,
	},
	{
		breaks: "a submit whose answer was lost is sent again",
		file: "src/core/from-fal.ts",
		text: 'if (answer.kind === "lost") return onAnswerLost(state, now);',
		becomes: 'if (answer.kind === "lost") return { events: [{ type: "refused", status: null, retryAt: now + 500 }] };',
		caughtBy: FUZZ,
	},
	{
		breaks: "a number in a query that is none is a fault of ours",
		file: "src/api/request/fields.ts",
		text: "if (!WHOLE_NUMBER.test(value)) return",
		becomes: "if (BigInt(value) < 0n || !WHOLE_NUMBER.test(value)) return",
		caughtBy: test("src/api/request/fields.test.ts", "and blames it"),
	},
	{
		breaks: "fal is polled without a pause",
		file: "src/core/schedule.ts",
		text: "return clamp(ageMs * 2, POLL_RARE_MIN_MS, POLL_RARE_MAX_MS);",
		becomes: "return Math.min(1, ageMs, POLL_RARE_MIN_MS);",
		caughtBy: FUZZ,
	},
	{
		breaks: "a job is open to every account",
		file: "src/job/object/job.ts",
		text: "&& job.account === account",
		becomes: '&& account !== ""',
		caughtBy: FUZZ,
	},
	{
		breaks: "the log holds a prompt",
		file: "src/job/start.ts",
		text: "const now = Date.now();",
		becomes: "const now = Date.now();\n\tconsole.log(request.prompt);",
		caughtBy: FUZZ,
	},
	{
		breaks: "a deletion leaves the pictures",
		file: "src/job/object/job.ts",
		text: "await deletePictures(this.env.IMAGES, id);",
		becomes: "void deletePictures;",
		caughtBy: FUZZ,
	},
	{
		breaks: "a failed chat stream lacks its end",
		file: "src/api/chat/render.ts",
		text: "{ data: toErrorFrame(error, summary) },\n\t\t\t\tDONE,",
		becomes: "{ data: toErrorFrame(error, summary) },",
		caughtBy: FUZZ,
	},
	{
		breaks: "one refusal has another shape",
		file: "src/http/refusal.ts",
		text: "const response = jsonResponse(body, { status, headers });",
		becomes: "const response = jsonResponse(status === 401 ? body.error : body, { status, headers });",
		caughtBy: FUZZ,
	},
	{
		breaks: "JSON that is broken is an exception",
		file: "src/json-value.ts",
		text: "} catch {\n\t\treturn undefined;",
		becomes: "} catch (error) {\n\t\tthrow error;",
		caughtBy: FUZZ,
	},
	{
		breaks: "the whole answer of a failed job never comes",
		file: "src/job/log.ts",
		text: "for await (const events of log.events) collected.push(...events);",
		becomes:
			'for await (const events of log.events) {\n\t\t\tcollected.push(...events);\n\t\t\tif (events.some(({ type }) => type === "failed")) await new Promise(() => {});\n\t\t}',
		caughtBy: FUZZ,
	},
	{
		breaks: "a deleted job stays in its account's list",
		file: "src/job/object/accounting.ts",
		text: "await callAccount(env(), account, async (stub) => stub.forget(listing, jobId, settlement));",
		becomes: "void [account, listing, callAccount];",
		caughtBy: FUZZ,
	},
];
