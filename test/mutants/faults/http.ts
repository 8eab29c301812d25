/** Faults in plain HTTP, in the way to objects and in the settings of the runtime. */
import { type Fault, test } from "./fault.ts";

export const HTTP_FAULTS: readonly Fault[] = [
	{
		breaks: "a body at the bound is refused",
		file: "src/http/read-json-text.ts",
		text: "if (bytes > maxBytes ||",
		becomes: "if (bytes >= maxBytes ||",
		caughtBy: test("src/http/read-json-text.worker.test.ts", "counts bytes, not characters"),
	},
	{
		breaks: "a character is broken where two chunks meet",
		file: "src/http/read-json-text.ts",
		text: "decoder.decode(chunk, { stream: true })",
		becomes: "decoder.decode(chunk)",
		caughtBy: test("src/http/read-json-text.worker.test.ts", "is joined if a chunk ends inside a character"),
	},
	{
		breaks: "a timer outlives its work",
		file: "src/http/timeout.ts",
		text: "clearTimeout(timer);",
		becomes: "void timer;",
		caughtBy: test("src/http/timeout.worker.test.ts", "since its timer is gone"),
	},
	{
		breaks: "a body is not cancelled when its reader leaves",
		file: "src/http/pieces.ts",
		text: "if (!ended) await reader.cancel().catch(() => {});",
		becomes: "",
		caughtBy: test("src/http/pieces.worker.test.ts", "early cancels it"),
	},
	{
		breaks: "an overloaded object is asked again",
		file: "src/stub.ts",
		text: ' && !has("overloaded")',
		becomes: "",
		caughtBy: test("src/stub.worker.test.ts", "when the error is that of"),
	},
	{
		breaks: "a reset object is not asked again",
		file: "src/stub.ts",
		text: 'has("durableObjectReset")',
		becomes: "false",
		caughtBy: test("src/stub.worker.test.ts", "calls a new instance when the first was reset"),
	},
	{
		breaks: "a stub that broke is used again",
		file: "src/stub.ts",
		text: "return retry(async () => call(jobStub(env, id)));",
		becomes: "const stub = jobStub(env, id);\n\treturn retry(async () => call(stub));",
		caughtBy: test("src/stub.worker.test.ts", "calls a new instance when the first was reset"),
	},
	{
		breaks: "a client that has a picture gets it again",
		file: "src/http/conditional.ts",
		text: 'if (noneMatch !== null && namesEtag(noneMatch, etag)) return { kind: "not_modified" };',
		becomes: "void namesEtag;",
		caughtBy: test("src/http/conditional.test.ts", "is decided before any range"),
	},
	{
		breaks: "browsers cannot read the job's id",
		file: "src/http/cors.ts",
		text: '"x-job-id",',
		becomes: "",
		caughtBy: test("src/http/cors.test.ts", "lets browsers read the headers of every answer"),
	},
	{
		breaks: "a client's disconnect does not reach the Worker",
		file: "wrangler.toml",
		text: 'compatibility_flags = ["enable_request_signal"]',
		becomes: "compatibility_flags = []",
		caughtBy: test(
			"test/e2e/on-disconnect.test.ts",
			"cancels a request with x-on-disconnect: cancel when its connection is cut",
		),
	},
	{
		breaks: "a client that leaves in the middle of its body is a fault of ours",
		file: "src/http/pieces.ts",
		text: 'throw new Refusal({ kind: "client_left" })',
		becomes: 'throw new Error("broken off")',
		caughtBy: test("src/router.worker.test.ts", "is not what a client makes that leaves in the middle of JSON"),
	},
];
