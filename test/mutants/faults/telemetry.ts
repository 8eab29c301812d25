/** Faults of the lines of the log. */
import { type Fault, test } from "./fault.ts";

const FILE = "src/telemetry/log.worker.test.ts";

export const TELEMETRY_FAULTS: readonly Fault[] = [
	{
		breaks: "an instance that takes over an ended job writes its line again",
		file: "src/job/object/job.ts",
		text: 'this.#apply({ type: "restarted" });',
		becomes: 'this.#apply({ type: "restarted" });\n\t\tthis.report(this.#store.readLog());',
		caughtBy: test(FILE, "has no second line"),
	},
	{
		breaks: "a line holds the path of its request",
		file: "src/router.ts",
		text: "identity.route = found.route.path;",
		becomes: "identity.route = path;",
		caughtBy: test(FILE, "with the route and nothing of the request"),
	},
	{
		breaks: "a request that is refused has no line",
		file: "src/router.ts",
		text: "if (error === null) return;",
		becomes: "if (error === null || error.code !== null) return;",
		caughtBy: test(FILE, "with the route and nothing of the request"),
	},
	{
		breaks: "a data set that takes no point breaks the job's turn",
		file: "src/telemetry/log.ts",
		text: 'logError("point not written", error, { job: line.job });',
		becomes: "throw error;",
		caughtBy: test(FILE, "though the data set takes no point"),
	},
	{
		breaks: "a job writes no point",
		file: "src/job/object/job.ts",
		text: "writePoint(line, this.env.POINTS);",
		becomes: "void writePoint;",
		caughtBy: test(FILE, "writes a point beside its line"),
	},
];
