/** Faults in how the pictures of a request come into R2, and in how those are erased that no job needs. */
import { type Fault, test } from "./fault.ts";

const EDITS = "src/api/images/edits.worker.test.ts";
const HOLD = "src/job/object/uploads.worker.test.ts";

export const UPLOAD_FAULTS: readonly Fault[] = [
	{
		breaks: "a hold is over while a key may still start its job",
		file: "src/job/object/uploads.ts",
		text: "30 * 3_600_000",
		becomes: "3 * 3_600_000",
		caughtBy: test(HOLD, "sets the alarm once, later than a key's day"),
	},
	{
		breaks: "a hold begins anew with each picture",
		file: "src/job/object/uploads.ts",
		text: "if (until === null) await",
		becomes: "await",
		caughtBy: test(HOLD, "sets the alarm once, later than a key's day"),
	},
	{
		breaks: "an upload that is not finished stays when its hold ends",
		file: "src/job/object/uploads.ts",
		text: "await abortAll();",
		becomes: "void abortAll;",
		caughtBy: test(HOLD, "leaves nothing when it is over, by its alarm"),
	},
	{
		breaks: "a job starts whose pictures are due to be erased",
		file: "src/job/object/uploads.ts",
		text: "until !== null && until > Date.now()",
		becomes: "until !== null",
		caughtBy: test(HOLD, "lets no job start, and holds no more"),
	},
	{
		breaks: "a job starts without the pictures that it needs",
		file: "src/job/object/job.ts",
		text: "!(await this.#uploads.isHeld())",
		becomes: "false",
		caughtBy: test(HOLD, "refuses a start without any hold"),
	},
	{
		breaks: "a request that joins another job leaves its own pictures",
		file: "src/api/request/input-keeper.ts",
		text: "isOfJob = job.ok && job.value.id === minted;",
		becomes: "",
		caughtBy: test(EDITS, "joins an equal one that is sent again"),
	},
	{
		breaks: "equal pictures under two ids are two requests",
		file: "src/job/start.ts",
		text: "request: withoutKeys(request),",
		becomes: "request,",
		caughtBy: test(EDITS, "joins an equal one that is sent again"),
	},
	{
		breaks: "whoever starts another one's job names pictures of its own",
		file: "src/job/start.ts",
		text: "withInputsOf(id, start.request)",
		becomes: "(void withInputsOf, start.request)",
		caughtBy: test(EDITS, "starts the job of an equal one that did not begin"),
	},
	{
		breaks: "parts of a picture are lost on their way",
		file: "src/media/part-upload.ts",
		text: "this.#parts.push(await withRetry(() => upload.uploadPart(number, bytes)));",
		becomes: "await withRetry(() => upload.uploadPart(number, bytes));",
		caughtBy: test(EDITS, "stores them under the job's id, hashed and measured: three parts"),
	},
	{
		breaks: "a fault of R2's is not tried again",
		file: "src/media/part-upload.ts",
		text: "tries >= MAX_TRIES",
		becomes: "tries >= 1 || tries >= MAX_TRIES",
		caughtBy: test(EDITS, "a uploadPart is tried again"),
	},
	{
		breaks: "pictures of any length are stored",
		file: "src/media/inputs.ts",
		text: "if (this.#bytes <= MAX_INPUT_BYTES) return;",
		becomes: "if (this.#bytes < Number.POSITIVE_INFINITY) return;",
		caughtBy: test(EDITS, "brings no more than 100 MB of pictures"),
	},
];
